'use client';
import type { Notification, ResolveNotification } from '@medcall/shared-types';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { patientMessagesText as text } from '#messages/admin/messages.ts';
import { ListRow } from './list-row.tsx';

const tones = {
  queued: 'neutral',
  sending: 'neutral',
  sent: 'ok',
  delivered: 'ok',
  failed: 'danger',
  unknown: 'warning',
  cancelled: 'neutral',
} as const;

interface Props {
  message: Notification;
  /** Offers the three decisions; a list that only shows leaves them out. */
  decidable?: boolean;
  onDecided: () => void;
}

/** One message to a patient; of an uncertain one a person says what is true. */
export function MessageRow({ message, decidable = false, onDecided }: Props) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const { status, channel, patient, reason, title } = message;

  async function decide(outcome: ResolveNotification['outcome']): Promise<void> {
    const done = await act(() => gateway.resolveNotification(message.id, outcome), {
      done: { title: text.decided[outcome] },
      failed: text.decideFailed,
    });
    if (done) onDecided();
  }

  return (
    <ListRow
      testId="message"
      title={`${title} · ${patient?.name ?? text.unknownPatient}`}
      facts={`${text.channel[channel]} · ${whenOf(message)}`}
      badge={<Badge tone={tones[status]}>{text.status[status]}</Badge>}
      actions={
        decidable ? (
          <>
            {status === 'unknown' ? (
              <Button
                size="sm"
                variant="secondary"
                disabled={busy}
                onClick={() => void decide('sent')}
              >
                {text.arrived}
              </Button>
            ) : null}
            <Button
              size="sm"
              variant="secondary"
              disabled={busy}
              onClick={() => void decide('resend')}
            >
              {text.resend}
            </Button>
            <Button
              size="sm"
              variant="quiet"
              disabled={busy}
              onClick={() => void decide('give_up')}
            >
              {text.giveUp}
            </Button>
          </>
        ) : null
      }
    >
      {reason ? <p className="text-sm">{reason}</p> : null}
    </ListRow>
  );
}

/** A message that waits says when it leaves, another one when it was made or sent. */
function whenOf({ status, scheduled_for, sent_at, created_at }: Notification): string {
  const waits = status === 'queued' && Date.parse(scheduled_for) > Date.now();
  const at = waits ? scheduled_for : (sent_at ?? created_at);
  const words = `${formatDate(at)}, ${formatTime(at)}`;
  return waits ? text.leaves(words) : words;
}
