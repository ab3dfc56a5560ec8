'use client';
import type { RetranscribedUtterance } from '@medcall/shared-types';
import useSWR from 'swr';
import { useGateway } from '#components/shared/use-gateway.ts';
import { Alert } from '#components/ui/alert.ts';
import { Button } from '#components/ui/button.ts';
import { Skeleton } from '#components/ui/skeleton.ts';
import { errorSentence } from '#lib/api/api-error.ts';
import { formatClock } from '#lib/utils.ts';
import { retranscriptionMessages as text } from '#messages/retranscription.ts';
import { sharedMessages } from '#messages/shared.ts';
import { speakerName } from '../speaker-name.ts';

/** What the latest job changed, text by text. */
export function RetranscriptionChanges({ roomId, jobId }: { roomId: string; jobId: string }) {
  const gateway = useGateway();
  const { data, error, mutate } = useSWR(
    ['retranscription-changes', roomId, jobId],
    () => gateway.retranscriptionChanges(roomId),
    { revalidateOnFocus: false },
  );
  if (error) {
    return (
      <Alert tone="danger" title={text.changesFailed}>
        {errorSentence(error)}{' '}
        <Button variant="link" size="sm" onClick={() => void mutate()}>
          {sharedMessages.retry}
        </Button>
      </Alert>
    );
  }
  if (!data) return <Skeleton className="h-40" />;
  return <ChangeList items={data.items} />;
}

export function ChangeList({ items }: { items: readonly RetranscribedUtterance[] }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      aria-label={text.changes}
      className="max-h-[45dvh] overflow-y-auto rounded-md border border-line"
    >
      <ol className="divide-y divide-line">
        {items.map(({ id, before, after, speaker, start_ms }) => (
          <li key={id} className="flex flex-col gap-1 px-3 py-2.5">
            <p className="text-sm text-ink-soft">
              {formatClock(start_ms)} · {speakerName(speaker, null)}
              {before.length === 0 ? ` · ${text.isNew}` : null}
            </p>
            {before.length === 0 ? null : (
              <p className="text-ink-soft">
                <span className="mr-1.5 text-sm font-semibold">{text.before}:</span>
                {before.join(' ')}
              </p>
            )}
            <p>
              <span className="mr-1.5 text-sm font-semibold">{text.after}:</span>
              {after}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
