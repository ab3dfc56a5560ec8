import { setTimeout as delay } from 'node:timers/promises';
import type { TranscriptUtterance } from '@medcall/shared-types';
import type { ApiClient } from '../client/api.ts';

const drainTimeoutMs = 180_000;

/**
 * The transcript once nothing more comes: it reaches the end of the speech or the announced backlog
 * has had its time, and it has not changed for some seconds.
 */
export async function drainedTranscript(
  api: ApiClient,
  consultationId: string,
  lastEndMs: number,
  pendingSeconds: number,
): Promise<TranscriptUtterance[]> {
  const begun = Date.now();
  let last = '';
  let changedAt = begun;
  for (;;) {
    const { items } = await api.transcript(consultationId);
    const now = Date.now();
    const seen = JSON.stringify(items);
    if (seen !== last) {
      last = seen;
      changedAt = now;
    }
    const complete = items.some((item) => item.end_ms > lastEndMs - 1500);
    const quietMs = complete ? 3000 : Math.max(8000, pendingSeconds * 2000);
    if (now - changedAt >= quietMs || now - begun > drainTimeoutMs) return items;
    await delay(500);
  }
}
