'use client';
import type { BookingPage, Reservation } from '@medcall/shared-types';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import useSWR from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { EmptyState } from '#components/ui/empty-state.ts';
import { Field } from '#components/ui/field.ts';
import { Input } from '#components/ui/input.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { useToast } from '#components/ui/toast.ts';
import { clockOf, localMoment } from '#lib/agenda/zone.ts';
import { ApiError, errorSentence } from '#lib/api/api-error.ts';
import { formatLongDate } from '#lib/utils.ts';
import { bookingMessages } from '#messages/booking.ts';
import { sharedMessages } from '#messages/shared.ts';
import { BookingFrame } from './booking-frame.tsx';
import { StepHeading } from './step-heading.tsx';
import { useBookingCalls } from './use-booking-calls.ts';
import { useCalendarFile } from './use-calendar-file.ts';

const text = bookingMessages.reservation;

interface Props {
  slug: string;
  token: string;
  onAnother: () => void;
}

/** One's own booking by its link: to look at, to keep in a calendar, to give up. */
export function ReservationScreen({ slug, token, onAnother }: Props) {
  const calls = useBookingCalls(slug);
  const page = useSWR(['booking', slug], () => calls.page(), {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
  const { data, error, mutate } = useSWR(['reservation', token], () => calls.reservation(token), {
    shouldRetryOnError: false,
  });
  const gone = error instanceof ApiError && error.code === 'not_found';
  return (
    <BookingFrame clinic={page.data?.clinic ?? null}>
      {error && !data ? (
        <EmptyState
          title={text.failed}
          action={
            gone ? (
              <Button onClick={onAnother}>{text.another}</Button>
            ) : (
              <Button onClick={() => void mutate()}>{sharedMessages.retry}</Button>
            )
          }
        >
          {gone ? text.gone : errorSentence(error)}
        </EmptyState>
      ) : null}
      {!data && !error ? <Skeleton className="h-48" /> : null}
      {data && page.data ? (
        <Details
          slug={slug}
          token={token}
          page={page.data}
          reservation={data}
          onChanged={(changed) => void mutate(changed, { revalidate: false })}
          onAnother={onAnother}
        />
      ) : null}
    </BookingFrame>
  );
}

interface DetailsProps extends Props {
  page: BookingPage;
  reservation: Reservation;
  onChanged: (reservation: Reservation) => void;
}

function Details({ slug, token, page, reservation, onChanged, onAnother }: DetailsProps) {
  const calls = useBookingCalls(slug);
  const saveCalendar = useCalendarFile(slug);
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const { status, can_cancel, doctor, duration_minutes } = reservation;
  const { day, minutes } = localMoment(reservation.scheduled_at, page.clinic.timezone);
  return (
    <>
      <StepHeading title={text.title} />
      <div className="mb-1 flex flex-wrap items-center gap-3">
        <p className="text-xl font-semibold first-letter:uppercase">
          {bookingMessages.summary(formatLongDate(`${day}T12:00:00Z`), clockOf(minutes))}
        </p>
        <Badge tone={status === 'WAITING' ? 'ok' : 'neutral'}>{text.status[status]}</Badge>
      </div>
      <p className="text-ink-soft">
        {doctor.nome} · {bookingMessages.minutes(duration_minutes)}
      </p>
      <div className="mt-6 flex flex-col gap-3 sm:flex-row">
        {status === 'WAITING' ? (
          <Button variant="secondary" onClick={() => void saveCalendar(token)}>
            <CalendarPlus aria-hidden="true" />
            {bookingMessages.done.calendar}
          </Button>
        ) : (
          <Button onClick={onAnother}>{text.another}</Button>
        )}
        {can_cancel ? (
          <Button variant="quiet" className="text-danger" onClick={() => setAsking(true)}>
            {text.cancel}
          </Button>
        ) : null}
      </div>
      {status === 'WAITING' && !can_cancel ? (
        <p className="mt-3 text-ink-soft">{text.tooLate}</p>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.cancelTitle}
        description={text.cancelText}
        action={text.cancel}
        dismiss={text.keep}
        danger
        onConfirm={async () => {
          // One or two letters say nothing; the service takes three.
          const said = reason.trim().length >= 3 ? reason.trim() : undefined;
          onChanged(await calls.cancelReservation(token, said));
          toast({ title: text.cancelled, tone: 'ok' });
        }}
      >
        <Field label={text.reason} hint={text.reasonHint}>
          <Input
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </ConfirmDialog>
    </>
  );
}
