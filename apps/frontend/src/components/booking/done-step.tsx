'use client';
import type { BookingPage, ConfirmedBooking } from '@medcall/shared-types';
import { CalendarPlus, CircleCheck } from 'lucide-react';
import { Button } from '#components/ui/button.ts';
import { clockOf, localMoment } from '#lib/agenda/zone.ts';
import { formatLongDate } from '#lib/utils.ts';
import { bookingMessages } from '#messages/booking.ts';
import { StepHeading } from './step-heading.tsx';
import { tokenOf } from './token-of.ts';
import { useCalendarFile } from './use-calendar-file.ts';

const text = bookingMessages.done;

interface Props {
  slug: string;
  page: BookingPage;
  booked: ConfirmedBooking;
  onManage: (token: string) => void;
}

/** It is booked: when, with whom, where, and what to do with it. */
export function DoneStep({ slug, page, booked, onManage }: Props) {
  const saveCalendar = useCalendarFile(slug);
  const token = tokenOf(booked.manage_url);
  const { day, minutes } = localMoment(booked.scheduled_at, page.clinic.timezone);
  return (
    <div role="status">
      <CircleCheck className="mb-3 size-10 text-ok" aria-hidden="true" />
      <StepHeading title={text.title} />
      <p className="text-xl font-semibold first-letter:uppercase">
        {bookingMessages.summary(formatLongDate(`${day}T12:00:00Z`), clockOf(minutes))}
      </p>
      <p className="text-ink-soft">
        {booked.doctor.nome} · {bookingMessages.minutes(booked.duration_minutes)}
      </p>
      <p className="mt-3">
        {booked.type === 'ONLINE' ? text.online : text.inPerson(booked.clinic.endereco ?? '')}
      </p>
      {token ? (
        <>
          <div className="mt-6 flex flex-col gap-3 sm:flex-row">
            <Button size="lg" onClick={() => void saveCalendar(token)}>
              <CalendarPlus aria-hidden="true" />
              {text.calendar}
            </Button>
            <Button size="lg" variant="secondary" onClick={() => onManage(token)}>
              {text.manage}
            </Button>
          </div>
          <p className="mt-3 text-sm text-ink-soft">{text.manageText}</p>
        </>
      ) : null}
    </div>
  );
}
