'use client';
import { Dialog } from '#components/ui/dialog.ts';
import { formatDate } from '#lib/utils.ts';
import { agendaMessages } from '#messages/agenda.ts';
import { BookingForm, type BookingWish } from './booking-form.tsx';
import type { Agenda } from './use-agenda.ts';

const text = agendaMessages.booking;

interface Props {
  wish: BookingWish | null;
  doctorId: string;
  agenda: Agenda;
  onClose: () => void;
}

/** A new booking at the place that was pressed. */
export function BookingDialog({ wish, onClose, ...rest }: Props) {
  const before = wish?.returnOf;
  return (
    <Dialog
      open={wish !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={before ? text.returnTitle(before.patient?.name ?? '') : text.title}
      description={
        before
          ? text.returnOf(formatDate(before.started_at ?? before.scheduled_at ?? before.created_at))
          : text.lead
      }
    >
      {wish ? <BookingForm wish={wish} onClose={onClose} {...rest} /> : null}
    </Dialog>
  );
}
