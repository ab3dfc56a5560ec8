'use client';
import type { ConsultationType, PatientCard } from '@medcall/shared-types';
import { useAttempt } from '#components/shared/use-attempt.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { useToast } from '#components/ui/toast.ts';
import { inTheWay } from '#lib/agenda/grid.ts';
import { instantOf } from '#lib/agenda/zone.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.booking;

interface Wanted {
  patient: Pick<PatientCard, 'id' | 'name'>;
  day: string;
  minutes: number | null;
  length: number;
  type: ConsultationType;
  returnOf: string | undefined;
}

interface Options {
  doctorId: string;
  agenda: Agenda;
  onClose: () => void;
}

/** Books, says so with a way back, or says what is in the way. */
export function useBooking({ doctorId, agenda, onClose }: Options) {
  const gateway = useGateway();
  const toast = useToast();
  const { attempt, busy, setTrouble, trouble } = useAttempt();

  async function undo(consultationId: string): Promise<void> {
    try {
      await agenda.change(gateway.cancelConsultation(consultationId, text.undoReason));
      toast({ title: text.undone, tone: 'ok' });
    } catch (error) {
      toast({ title: text.undoFailed, description: errorSentence(error), tone: 'danger' });
    }
  }

  async function book({ patient, day, minutes, length, type, returnOf }: Wanted): Promise<void> {
    const timeZone = agenda.availability?.timezone;
    if (minutes === null || day === '' || !timeZone) return setTrouble(text.noTime);
    const at = instantOf({ day, minutes }, timeZone);
    if (Date.parse(at) < Date.now()) return setTrouble(text.past);
    const other = inTheWay(agenda.items ?? [], { id: '', doctorId }, { day, minutes }, length);
    if (other) return setTrouble(text.taken(other.consultation.patient?.name ?? ''));
    await attempt(async () => {
      const made = await agenda.change(
        gateway.createConsultation({
          patient_id: patient.id,
          doctor_id: doctorId,
          type,
          scheduled_at: at,
          duration_minutes: length,
          ...(returnOf ? { return_of: returnOf } : {}),
        }),
      );
      toast({
        title: text.booked(patient.name, `${formatDate(at)}, ${formatTime(at)}`),
        description: text.bookedText,
        tone: 'ok',
        action: { label: text.undo, onPress: () => void undo(made.id) },
      });
      onClose();
    });
  }

  return { book, busy, trouble };
}
