'use client';
import { useAnswer } from '#components/shared/use-answer.ts';
import type { WaitingCalls } from '#lib/api/calls/waiting-calls.ts';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.waiting;
const refreshMs = 10_000;

interface Props {
  gateway: WaitingCalls;
  consultationId: string;
  doctor: string;
}

/** How many are before me, read again by itself; nothing while it is not known. */
export function WaitingPlace({ gateway, consultationId, doctor }: Props) {
  const [place] = useAnswer(() => gateway.waitingPlace(consultationId), {
    everyMs: refreshMs,
    repeat: true,
  });
  return (
    <p role="status" data-testid="waiting-place" className="min-h-7 text-lg">
      {place ? (
        <>
          <span className="font-semibold">{text.ahead(place.ahead)}</span>{' '}
          {place.doctorBusy ? <span className="text-ink-soft">{text.busy(doctor)}</span> : null}
        </>
      ) : null}
    </p>
  );
}
