'use client';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { callMessages as text } from '#messages/call.ts';
import type { ConsultationState } from '#store/consultationStore.ts';

/** Takes a question off the screen at once, and puts it back when the choice could not be stored. */
export function useSettledQuestions(
  state: Pick<ConsultationState, 'questions' | 'question' | 'questionSettled'>,
): (id: string, status: 'used' | 'dismissed') => void {
  const gateway = useGateway();
  const toast = useToast();
  return (id, status) => {
    const question = state.questions.shown.find((shown) => shown.id === id);
    if (!question) return;
    state.questionSettled(id);
    gateway.setSuggestionStatus(id, status).catch(() => {
      state.question(question);
      toast({ title: text.questions.notSaved, tone: 'danger' });
    });
  };
}
