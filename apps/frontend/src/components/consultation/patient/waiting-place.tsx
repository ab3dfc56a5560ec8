'use client';
import useSWR from 'swr';
import type { Gateway } from '#lib/api/gateway.ts';
import { patientMessages } from '#messages/patient.ts';

const text = patientMessages.waiting;
const refreshMs = 10_000;

interface Props {
  gateway: Gateway;
  consultationId: string;
  doctor: string;
}

/** How many are before me, read again by itself; nothing while it is not known. */
export function WaitingPlace({ gateway, consultationId, doctor }: Props) {
  const { data } = useSWR(
    ['waiting-place', consultationId],
    () => gateway.waitingPlace(consultationId),
    { refreshInterval: refreshMs },
  );
  return (
    <p role="status" data-testid="waiting-place" className="min-h-7 text-lg">
      {data ? (
        <>
          <span className="font-semibold">{text.ahead(data.ahead)}</span>{' '}
          {data.doctorBusy ? <span className="text-ink-soft">{text.busy(doctor)}</span> : null}
        </>
      ) : null}
    </p>
  );
}
