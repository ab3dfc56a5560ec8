'use client';
import type { BookingPage, ConfirmedBooking } from '@medcall/shared-types';
import { useEffect, useRef, useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { EmptyState } from '#components/ui/empty-state.ts';
import { ApiError } from '#lib/api/api-error.ts';
import { bookingMessages as text } from '#messages/booking.ts';
import { BookingFrame } from './booking-frame.tsx';
import { CodeStep } from './code-step.tsx';
import { DoneStep } from './done-step.tsx';
import type { BookingDraft } from './draft.ts';
import { emptyDraft } from './draft.ts';
import { useBookingCalls } from './use-booking-calls.ts';
import { WhenStep } from './when-step.tsx';
import { WhoStep } from './who-step.tsx';
import { YouStep } from './you-step.tsx';

interface Props {
  slug: string;
  /** Opens a reservation by its token. */
  onManage: (token: string) => void;
}

/** Three steps to a booking: with whom and how, when, who one is. */
export function BookingScreen({ slug, onManage }: Props) {
  const calls = useBookingCalls(slug);
  const { data, error, mutate } = useSWR(['booking', slug], () => calls.page(), {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
  if (error instanceof ApiError && error.code === 'not_found') {
    return (
      <BookingFrame clinic={null}>
        <Closed />
      </BookingFrame>
    );
  }
  return (
    <BookingFrame clinic={data?.clinic ?? null}>
      <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
        {(page) =>
          page.doctors.length === 0 ? (
            <Closed />
          ) : (
            <Steps page={page} slug={slug} onManage={onManage} />
          )
        }
      </Remote>
    </BookingFrame>
  );
}

function Closed() {
  return (
    <>
      <h1 className="sr-only">{text.title}</h1>
      <EmptyState title={text.closedTitle}>{text.closedText}</EmptyState>
    </>
  );
}

type Step =
  | { name: 'who' }
  | { name: 'when'; lost: boolean }
  | { name: 'you' }
  | { name: 'code'; requestId: string }
  | { name: 'done'; booked: ConfirmedBooking };

function Steps({ page, slug, onManage }: Props & { page: BookingPage }) {
  const [step, setStep] = useState<Step>({ name: 'who' });
  const [draft, setDraft] = useState<BookingDraft>(() => emptyDraft(page));
  const change = (part: Partial<BookingDraft>) => setDraft((before) => ({ ...before, ...part }));
  const top = useRef<HTMLDivElement>(null);

  // A new step begins at its heading, for the eye and for a screen reader.
  const shown = step.name;
  useEffect(() => {
    if (shown === 'who') return;
    window.scrollTo(0, 0);
    top.current?.querySelector('h1')?.focus();
  }, [shown]);

  const shared = { page, slug, draft, onChange: change };
  return (
    <div ref={top}>
      {step.name === 'who' ? (
        <WhoStep {...shared} onNext={() => setStep({ name: 'when', lost: false })} />
      ) : null}
      {step.name === 'when' ? (
        <WhenStep
          {...shared}
          lost={step.lost}
          onBack={() => setStep({ name: 'who' })}
          onNext={() => setStep({ name: 'you' })}
        />
      ) : null}
      {step.name === 'you' ? (
        <YouStep
          {...shared}
          onBack={() => setStep({ name: 'when', lost: false })}
          onAsked={(requestId) => setStep({ name: 'code', requestId })}
          onTaken={() => setStep({ name: 'when', lost: true })}
        />
      ) : null}
      {step.name === 'code' ? (
        <CodeStep
          {...shared}
          requestId={step.requestId}
          onBack={() => setStep({ name: 'you' })}
          onAsked={(requestId) => setStep({ name: 'code', requestId })}
          onTaken={() => setStep({ name: 'when', lost: true })}
          onBooked={(booked) => setStep({ name: 'done', booked })}
        />
      ) : null}
      {step.name === 'done' ? (
        <DoneStep slug={slug} page={page} booked={step.booked} onManage={onManage} />
      ) : null}
    </div>
  );
}
