'use client';
import { useState } from 'react';
import useSWR from 'swr';
import { Remote } from '#components/shared/remote.tsx';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { webhookMessages as text } from '#messages/admin/webhook.ts';
import { DeliveriesList, type DeliveryFilter } from './deliveries-list.tsx';
import { WebhookSettingsCard } from './webhook-settings-card.tsx';

/** The clinic's own system: where it listens, and what reached it. */
export function WebhookTab() {
  const gateway = useGateway();
  const [filter, setFilter] = useState<DeliveryFilter>('all');
  const settings = useSWR('webhook', () => gateway.webhook(), { revalidateOnFocus: false });
  const dead = settings.data?.dead ?? 0;
  return (
    <div className="flex flex-col gap-5">
      {dead > 0 ? (
        <Alert
          tone="warning"
          title={text.dead(dead)}
          action={
            <Button size="sm" variant="secondary" onClick={() => setFilter('dead')}>
              {text.showDead}
            </Button>
          }
        >
          {text.deadText}
        </Alert>
      ) : null}
      <Remote
        data={settings.data}
        error={settings.error}
        failed={text.failed}
        onRetry={() => void settings.mutate()}
      >
        {(data) => (
          <WebhookSettingsCard
            settings={data}
            onChanged={(changed) => void settings.mutate(changed, { revalidate: false })}
          />
        )}
      </Remote>
      <DeliveriesList
        filter={filter}
        onFilter={setFilter}
        onResent={() => void settings.mutate()}
      />
    </div>
  );
}
