'use client';
import { useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { localMoment } from '#lib/agenda/zone.ts';
import { addDays } from '#lib/utils.ts';
import { bookingMessages } from '#messages/booking.ts';
import { SlotDays } from './slot-days.tsx';
import { StepHeading } from './step-heading.tsx';
import { useBookingCalls } from './use-booking-calls.ts';
import type { StepProps } from './who-step.tsx';

const text = bookingMessages.when;
/** What fits side by side on a telephone. */
const pageDays = 7;

interface Props extends StepProps {
  /** The time that was chosen is gone. */
  lost: boolean;
  onBack: () => void;
  onNext: () => void;
}

/** The free times of the doctor, a week at a time. Choosing one goes on. */
export function WhenStep({ page, slug, draft, onChange, lost, onBack, onNext }: Props) {
  const calls = useBookingCalls(slug);
  const today = localMoment(Date.now(), page.clinic.timezone).day;
  const last = addDays(today, page.rules.horizon_days);
  const [from, setFrom] = useState(today);
  const doctor = page.doctors.find(({ id }) => id === draft.doctorId);
  const { data, error, mutate } = useSWR(
    doctor ? ['booking-slots', slug, doctor.id, from] : null,
    () => calls.slots(doctor?.id ?? '', from, pageDays),
    { revalidateOnFocus: true },
  );
  const next = addDays(from, pageDays);
  return (
    <>
      <StepHeading number={2} title={text.title} onBack={onBack} />
      {lost ? (
        <Alert tone="warning" className="mb-4">
          {text.taken}
        </Alert>
      ) : null}
      <p className="mb-3 text-ink-soft">{text.lead(doctor?.nome ?? '')}</p>
      <Remote
        data={data}
        error={error}
        failed={text.failed}
        onRetry={() => void mutate()}
        skeleton={<Skeleton className="h-80" />}
      >
        {({ days }) => (
          <SlotDays
            days={days.filter(({ date }) => date <= last)}
            chosen={draft.slot?.startsAt ?? null}
            onChoose={(slot) => {
              onChange({ slot });
              onNext();
            }}
            empty={next > last && from === today ? text.noneFar : text.none}
          />
        )}
      </Remote>
      <div className="mt-5 flex justify-between gap-3">
        <Button
          variant="secondary"
          disabled={from === today}
          onClick={() => setFrom(addDays(from, -pageDays))}
        >
          {text.earlier}
        </Button>
        <Button variant="secondary" disabled={next > last} onClick={() => setFrom(next)}>
          {text.later}
        </Button>
      </div>
    </>
  );
}
