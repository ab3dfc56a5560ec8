'use client';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';
import { sharedMessages } from '#messages/shared.ts';
import type { ConsultationState } from '#store/consultationStore.ts';

const text = doctorCallMessages.questions;

/**
 * Takes a question off the screen at once, says so with a way back, and puts it back when the choice
 * could not be stored.
 */
export function useSettledQuestions(
  state: Pick<ConsultationState, 'questions' | 'question' | 'questionSettled'>,
): (id: string, status: 'used' | 'dismissed') => void {
  const gateway = useGateway();
  const toast = useToast();
  return (id, status) => {
    const question = state.questions.shown.find((shown) => shown.id === id);
    if (!question) return;
    const bringBack = () => state.question(question);
    state.questionSettled(id);
    const stored = gateway.setSuggestionStatus(id, status);
    stored.catch(() => {
      bringBack();
      toast({ title: text.notSaved, tone: 'danger' });
    });
    toast({
      title: text.settled[status],
      description: question.question,
      action: {
        label: sharedMessages.undo,
        onPress: () => {
          bringBack();
          // After the first choice, or the two could arrive in the other order.
          stored
            .then(() => gateway.setSuggestionStatus(id, 'shown'))
            .catch(() => toast({ title: text.notSaved, tone: 'danger' }));
        },
      },
    });
  };
}
