'use client';
import { useGateway } from '#components/shared/use-gateway.ts';
import { usePaged } from '#components/shared/use-paged.ts';
import { patientMessagesText as text } from '#messages/admin/messages.ts';
import { MessageRow } from './message-row.tsx';
import { PagedList } from './paged-list.tsx';

/** Messages to patients: first those that somebody must decide about, then all. */
export function MessagesTab() {
  const gateway = useGateway();
  const unknown = usePaged(['messages', 'unknown'], (cursor) =>
    gateway.notifications({ ...cursor, box: 'sent', status: 'unknown' }),
  );
  const failed = usePaged(['messages', 'failed'], (cursor) =>
    gateway.notifications({ ...cursor, box: 'sent', status: 'failed' }),
  );
  const all = usePaged(['messages', 'all'], (cursor) =>
    gateway.notifications({ ...cursor, box: 'sent', limit: 30 }),
  );
  const attention = {
    items:
      unknown.items && failed.items
        ? [...unknown.items, ...failed.items].sort((a, b) =>
            b.created_at.localeCompare(a.created_at),
          )
        : undefined,
    loading: unknown.loading || failed.loading,
    error: unknown.error ?? failed.error,
    more:
      unknown.more || failed.more
        ? () => {
            unknown.more?.();
            failed.more?.();
          }
        : null,
    reload: () => {
      unknown.reload();
      failed.reload();
    },
  };
  const changed = () => {
    attention.reload();
    all.reload();
  };
  return (
    <div className="flex flex-col gap-7">
      <section aria-labelledby="attention">
        <h2 id="attention" className="text-lg font-bold">
          {text.attention}
        </h2>
        <p className="mb-3 max-w-prose text-ink-soft">
          {attention.items?.length === 0 ? text.attentionEmpty : text.attentionText}
        </p>
        {attention.items?.length === 0 ? null : (
          <PagedList
            list={attention}
            failed={text.failed}
            empty={text.attentionEmpty}
            emptyText=""
            row={(message) => (
              <MessageRow key={message.id} message={message} decidable onDecided={changed} />
            )}
          />
        )}
      </section>
      <section aria-labelledby="all-messages">
        <h2 id="all-messages" className="mb-3 text-lg font-bold">
          {text.all}
        </h2>
        <PagedList
          list={all}
          failed={text.failed}
          empty={text.empty}
          emptyText={text.emptyText}
          row={(message) => <MessageRow key={message.id} message={message} onDecided={changed} />}
        />
      </section>
    </div>
  );
}
