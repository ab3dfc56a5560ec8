import { z } from 'zod';
import type { CalendarOutcome, ChannelWish, OpenChannel } from './calendar-provider.ts';
import { type AskGoogle, eventsPath, outcomeOf, readAnswer } from './google-request.ts';

const watched = z.object({
  id: z.string(),
  resourceId: z.string().min(1).max(500),
  /** Milliseconds since 1970, as text. */
  expiration: z.coerce.number().int().positive(),
});

/** https://developers.google.com/workspace/calendar/api/v3/reference/events/watch */
export async function openChannel(
  ask: AskGoogle,
  refreshToken: string,
  { address, id, token, ttlSeconds }: ChannelWish,
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<OpenChannel>> {
  const body = { id, type: 'web_hook', address, token, params: { ttl: String(ttlSeconds) } };
  const request = { method: 'POST', path: `${eventsPath}/watch`, body } as const;
  const answered = await ask(refreshToken, request, signal);
  if (answered.kind !== 'done') return answered;
  const outcome = readAnswer(answered.value, watched.extend({ id: z.literal(id) }), 'channel');
  if (outcome.kind !== 'done') return outcome;
  const { expiration, resourceId } = outcome.value;
  return { kind: 'done', value: { resourceId, expiresAt: new Date(expiration) } };
}

/** Done also where there is no such channel any more. */
export async function closeChannel(
  ask: AskGoogle,
  refreshToken: string,
  channel: { id: string; resourceId: string },
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<null>> {
  const request = { method: 'POST', path: '/calendar/v3/channels/stop', body: channel } as const;
  const answered = await ask(refreshToken, request, signal);
  if (answered.kind !== 'done') return answered;
  return answered.value.status === 404 ? { kind: 'done', value: null } : outcomeOf(answered.value);
}
