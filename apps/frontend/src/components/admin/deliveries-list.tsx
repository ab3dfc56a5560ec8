'use client';
import type { WebhookDelivery } from '@medcall/shared-types';
import { RotateCw } from 'lucide-react';
import { ChoiceBar } from '#components/shared/choice-bar.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { webhookMessages as text } from '#messages/admin/webhook.ts';
import { ListRow } from './list-row.tsx';
import { PagedList } from './paged-list.tsx';

export type DeliveryFilter = keyof typeof text.filters;

const tones = {
  pending: 'neutral',
  failed: 'warning',
  delivered: 'ok',
  dead: 'danger',
} as const;

interface Props {
  filter: DeliveryFilter;
  onFilter: (filter: DeliveryFilter) => void;
  onResent: () => void;
}

/** What was sent to the clinic's system and what became of it. */
export function DeliveriesList({ filter, onFilter, onResent }: Props) {
  const gateway = useGateway();
  const list = usePaged(['deliveries', filter], (cursor) =>
    gateway.deliveries({ ...cursor, ...(filter === 'all' ? {} : { status: filter }) }),
  );
  return (
    <section aria-labelledby="deliveries">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="deliveries" className="text-lg font-bold">
          {text.deliveries}
        </h2>
        <ChoiceBar label={text.filter} choices={text.filters} value={filter} onChange={onFilter} />
      </div>
      <PagedList
        list={list}
        failed={text.deliveriesFailed}
        empty={text.deliveriesEmpty}
        emptyText={text.deliveriesEmptyText}
        row={(delivery) => (
          <Delivery
            key={delivery.id}
            delivery={delivery}
            onResent={() => {
              list.reload();
              onResent();
            }}
          />
        )}
      />
    </section>
  );
}

function Delivery({ delivery, onResent }: { delivery: WebhookDelivery; onResent: () => void }) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const { status, event, created_at, reason } = delivery;

  async function resend(): Promise<void> {
    const sent = await act(() => gateway.resendDelivery(delivery.id), {
      done: { title: text.resent },
      failed: text.resendFailed,
    });
    if (sent) onResent();
  }

  return (
    <ListRow
      testId="delivery"
      title={text.events[event]}
      facts={`${formatDate(created_at)}, ${formatTime(created_at)} · ${factsOf(delivery)}`}
      badge={<Badge tone={tones[status]}>{text.status[status]}</Badge>}
      actions={
        status === 'dead' ? (
          <Button variant="secondary" size="sm" busy={busy} onClick={() => void resend()}>
            <RotateCw aria-hidden="true" />
            {text.resend}
          </Button>
        ) : null
      }
    >
      {reason && status !== 'delivered' ? <p className="text-sm">{reason}</p> : null}
    </ListRow>
  );
}

function factsOf({ attempts, next_attempt_at, response_status, status }: WebhookDelivery): string {
  const parts = [text.attempts(attempts)];
  if (response_status !== null) parts.push(text.answered(response_status));
  if (status === 'failed' && next_attempt_at) parts.push(text.next(formatTime(next_attempt_at)));
  return parts.join(' · ');
}
