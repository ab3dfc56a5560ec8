'use client';
import type { Notification } from '@medcall/shared-types';
import Link from 'next/link';
import { ListRow } from '#components/admin/list-row.tsx';
import { PagedList } from '#components/admin/paged-list.tsx';
import { useAct } from '#components/shared/use-act.ts';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { Badge } from '#components/ui/badge.ts';
import { Button } from '#components/ui/button.ts';
import { formatDate, formatTime } from '#lib/utils.ts';
import { settingsMessages } from '#messages/settings.ts';

const text = settingsMessages.notices;

/** Notices addressed to the person. */
export function NoticesTab() {
  const gateway = useGateway();
  const list = usePaged(['notices'], (cursor) =>
    gateway.notifications({ ...cursor, box: 'own', limit: 30 }),
  );
  return (
    <>
      <p className="mb-3 max-w-prose text-ink-soft">{text.lead}</p>
      <PagedList
        list={list}
        failed={text.failed}
        empty={text.empty}
        emptyText={text.emptyText}
        row={(notice) => <Notice key={notice.id} notice={notice} onRead={list.reload} />}
      />
    </>
  );
}

function Notice({ notice, onRead }: { notice: Notification; onRead: () => void }) {
  const gateway = useGateway();
  const { act, busy } = useAct();
  const { title, patient, created_at, read_at } = notice;

  async function markRead(): Promise<void> {
    const done = await act(() => gateway.readNotification(notice.id), { failed: text.markFailed });
    if (done) onRead();
  }

  return (
    <ListRow
      testId="notice"
      title={patient ? `${title} · ${patient.name}` : title}
      facts={`${formatDate(created_at)}, ${formatTime(created_at)}`}
      badge={read_at ? null : <Badge tone="accent">{text.unread}</Badge>}
      actions={
        <>
          {patient ? (
            <Button asChild size="sm" variant="quiet">
              <Link prefetch={false} href={`/pacientes/${patient.id}`}>
                {text.patient}
              </Link>
            </Button>
          ) : null}
          {read_at ? null : (
            <Button size="sm" variant="secondary" busy={busy} onClick={() => void markRead()}>
              {text.markRead}
            </Button>
          )}
        </>
      }
    />
  );
}
