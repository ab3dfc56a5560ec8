'use client';
import type { Device } from '@medcall/shared-types';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import useSWR from 'swr';
import { ConfirmDialog } from '#components/shared/confirm-dialog.tsx';
import { Remote } from '#components/shared/remote.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card.ts';
import { useToast } from '#components/ui/toast.ts';
import { deviceName } from '#lib/device-name.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { settingsMessages } from '#messages/settings.ts';
import { useAuthStore } from '#store/authStore.ts';
import { endOtherSessionsAction } from '../../app/configuracoes/actions.ts';

const text = settingsMessages.devices;

/** Where the account is open, and ways to close it elsewhere. */
export function DevicesCard() {
  const gateway = useGateway();
  const toast = useToast();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  const [asking, setAsking] = useState<'others' | 'everywhere' | null>(null);
  const { data, error, mutate } = useSWR('devices', () => gateway.devices());
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.title}</CardTitle>
      </CardHeader>
      <CardContent>
        <Remote data={data} error={error} failed={text.failed} onRetry={() => void mutate()}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-ink-soft">{text.empty}</p>
            ) : (
              <ul className="divide-y divide-line">
                {[...items].sort(currentFirst).map((device) => (
                  <DeviceRow key={device.id} device={device} onEnded={() => void mutate()} />
                ))}
              </ul>
            )
          }
        </Remote>
        <div className="mt-4 flex flex-wrap gap-3">
          {data && (others.length > 0 || data.items.length === 0) ? (
            <Button variant="secondary" onClick={() => setAsking('others')}>
              {text.others}
            </Button>
          ) : null}
          <Button variant="quiet" onClick={() => setAsking('everywhere')}>
            {text.everywhere}
          </Button>
        </div>
      </CardContent>
      <ConfirmDialog
        open={asking === 'others'}
        onClose={() => setAsking(null)}
        title={text.othersTitle}
        description={text.othersText}
        action={text.others}
        onConfirm={async () => {
          await getAccessToken();
          const done = await endOtherSessionsAction().catch(() => false);
          toast(
            done
              ? { title: text.othersDone, tone: 'ok' }
              : { title: text.othersFailed, tone: 'danger' },
          );
          await mutate();
        }}
      />
      <ConfirmDialog
        open={asking === 'everywhere'}
        onClose={() => setAsking(null)}
        title={text.everywhereTitle}
        description={text.everywhereText}
        action={text.everywhere}
        danger
        onConfirm={async () => {
          await gateway.endAllDevices();
          await signOut({ callbackUrl: '/login' });
        }}
      />
    </Card>
  );
}

function DeviceRow({ device, onEnded }: { device: Device; onEnded: () => void }) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const name = deviceName(device.user_agent) ?? text.unknown;

  async function end(): Promise<void> {
    const ended = await act(() => gateway.endDevice(device.id), {
      done: { title: text.ended },
      failed: text.endFailed,
    });
    if (ended) onEnded();
  }

  return (
    <li data-testid="device" className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-40 flex-1">
        <p className="font-semibold">{name}</p>
        <p className="text-sm text-ink-soft">
          {[
            device.ip,
            text.lastUsed(`${formatDate(device.last_used_at)}, ${formatTime(device.last_used_at)}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {device.current ? (
        <Badge tone="ok">{text.current}</Badge>
      ) : (
        <Button
          size="sm"
          variant="secondary"
          busy={busy}
          aria-label={text.endOf(name)}
          onClick={() => void end()}
        >
          {text.end}
        </Button>
      )}
    </li>
  );
}

function currentFirst(a: Device, b: Device): number {
  return Number(b.current) - Number(a.current) || b.last_used_at.localeCompare(a.last_used_at);
}
