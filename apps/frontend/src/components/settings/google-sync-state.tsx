'use client';
import type { CalendarStatus } from '@medcall/shared-types';
import { useNow } from '#components/shared/use-interval.ts';
import { Alert } from '#components/ui/alert.ts';
import { sinceWords } from '#lib/since.ts';
import { settingsMessages } from '#messages/settings.ts';

const text = settingsMessages.calendar;

/** When a connected calendar was read last, and why it was not since. */
export function GoogleSyncState({ google }: { google: CalendarStatus['google'] }) {
  const now = useNow(30_000);
  const { account_email, problem, status, synced_at } = google;
  if (status === 'disconnected') return null;
  if (status === 'failed') return <Alert tone="warning">{text.googleFailed}</Alert>;
  return (
    <>
      <p className="font-semibold">{text.googleActive(account_email ?? '')}</p>
      <p className="text-ink-soft">
        {synced_at === null ? text.googleNever : text.googleSynced(sinceWords(synced_at, now))}
      </p>
      {problem === null ? null : (
        <Alert tone="warning" title={text.googleProblem[problem]}>
          {synced_at === null ? null : text.googleKept}
        </Alert>
      )}
    </>
  );
}
