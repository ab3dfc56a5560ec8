'use client';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { formatTime } from '#lib/utils.ts';
import { doctorCallMessages } from '#messages/doctor-call.ts';

const refreshMs = 6_000;

/** What the patient left in the waiting room; read again while somebody waits. Nothing where nothing was left. */
export function LeftMessages({
  consultationId,
  waiting = false,
}: {
  consultationId: string;
  waiting?: boolean;
}) {
  const gateway = useGateway();
  const { data } = useSWR(
    ['left-messages', consultationId],
    () => gateway.waitingMessages(consultationId),
    { refreshInterval: waiting ? refreshMs : 0, revalidateOnFocus: false },
  );
  if (!data || data.items.length === 0) return null;
  return (
    <ul className="flex w-full flex-col gap-0.5" data-testid="left-messages">
      {data.items.map((message) => (
        <li key={message.id}>
          <span className="text-sm text-ink-soft">
            {doctorCallMessages.waitingRoom.leftAt(formatTime(message.created_at))}
          </span>{' '}
          “{message.text}”
        </li>
      ))}
    </ul>
  );
}
