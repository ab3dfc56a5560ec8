import { z } from 'zod';
import { callVendor, retryAfterMs, type VendorCall } from '../messages/vendor-call.ts';
import type { CalendarOutcome } from './calendar-provider.ts';
import type { GoogleOAuth } from './google-oauth.ts';

export interface GoogleCalendarOptions {
  oauth: GoogleOAuth;
  /** https://www.googleapis.com, or a fake that speaks like it. */
  apiUrl: string;
  timeoutMs: number;
}

export interface GoogleRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** The etag that the event must still have. */
  ifMatch?: string | undefined;
}
export type Answered = Extract<VendorCall, { kind: 'answer' }>;
export type AskGoogle = (
  refreshToken: string,
  request: GoogleRequest,
  signal: AbortSignal | undefined,
) => Promise<CalendarOutcome<Answered>>;

/** Events of the account's first calendar. */
export const eventsPath = '/calendar/v3/calendars/primary/events';

/** https://developers.google.com/workspace/calendar/api/guides/errors */
const errorBody = z.object({
  error: z.object({ errors: z.array(z.object({ reason: z.string() })).optional() }),
});
const limits = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'calendarUsageLimitsExceeded',
]);

/** One request with the connection's token; a token that is refused is renewed once. */
export function createAsk({ apiUrl, oauth, timeoutMs }: GoogleCalendarOptions): AskGoogle {
  const ask = async (
    refreshToken: string,
    request: GoogleRequest,
    signal: AbortSignal | undefined,
    renewed = false,
  ): Promise<CalendarOutcome<Answered>> => {
    const access = await oauth.accessToken(refreshToken, signal, renewed);
    if (access.kind !== 'done') return access;
    const { body, ifMatch, method, path } = request;
    const called = await callVendor(new URL(path, apiUrl).href, {
      method,
      headers: {
        authorization: `Bearer ${access.value}`,
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs,
      signal,
    });
    // Lost after it arrived, or before: every request here may be repeated.
    if (called.kind !== 'answer') return { kind: 'later', why: called.why };
    if (called.status === 401 && !renewed && !refusesAddress(reasonsIn(called.body))) {
      return ask(refreshToken, request, signal, true);
    }
    return { kind: 'done', value: called };
  };
  return ask;
}

/** What an answer means that none of the caller's own cases took. */
export function outcomeOf({ body, headers, status }: Answered): CalendarOutcome<null> {
  if (status >= 200 && status < 300) return { kind: 'done', value: null };
  const reasons = reasonsIn(body);
  const why = `${status} ${reasons.join(' ')}`.trim();
  const wait = retryAfterMs(headers);
  const isLimit =
    status === 429 || (status === 403 && reasons.some((reason) => limits.has(reason)));
  if (isLimit || status >= 500 || status === 408) {
    return { kind: 'later', why, isLimit, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  // The answer to a channel whose address Google does not know as ours says nothing of the permission.
  if (refusesAddress(reasons)) return { kind: 'refused', why };
  // A renewed token that is refused, a permission that was narrowed, a calendar that is gone.
  if (status === 401 || reasons.includes('insufficientPermissions') || status === 404) {
    return { kind: 'disconnected', why };
  }
  // Garbage of a proxy in between is no answer of Google's.
  return reasons.length === 0 ? { kind: 'later', why } : { kind: 'refused', why };
}

/** An answer of a success with what it must hold; anything else in its place is a proxy's. */
export function readAnswer<T extends z.ZodType>(
  answered: Answered,
  shape: T,
  what: string,
): CalendarOutcome<z.output<T>> {
  const outcome = outcomeOf(answered);
  if (outcome.kind !== 'done') return outcome;
  const parsed = shape.safeParse(answered.body);
  return parsed.success
    ? { kind: 'done', value: parsed.data }
    : { kind: 'later', why: `${what} unreadable` };
}

function reasonsIn(body: unknown): string[] {
  return errorBody.safeParse(body).data?.error.errors?.map(({ reason }) => reason) ?? [];
}

function refusesAddress(reasons: readonly string[]): boolean {
  return reasons.some((reason) => reason.startsWith('push.'));
}
