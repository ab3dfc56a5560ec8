import { z } from 'zod';
import { callVendor, retryAfterMs, type VendorCall } from '../messages/vendor-call.ts';
import type {
  BusySpan,
  CalendarOutcome,
  CalendarProvider,
  OutsideEvent,
} from './calendar-provider.ts';
import type { GoogleOAuth } from './google-oauth.ts';

export interface GoogleCalendarOptions {
  oauth: GoogleOAuth;
  /** https://www.googleapis.com, or a fake that speaks like it. */
  apiUrl: string;
  timeoutMs: number;
}

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
const freeBusy = z.object({
  calendars: z.record(
    z.string(),
    z.object({
      busy: z
        .array(
          z.object({
            start: z.iso.datetime({ offset: true }),
            end: z.iso.datetime({ offset: true }),
          }),
        )
        .default([]),
      errors: z.array(z.object({ reason: z.string() })).optional(),
    }),
  ),
});
/** The calendar of the account itself. */
const calendarId = 'primary';

interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
}
type Answered = Extract<VendorCall, { kind: 'answer' }>;

/** Google Calendar API v3 over plain HTTP. */
export function createGoogleCalendar(options: GoogleCalendarOptions): CalendarProvider {
  const { apiUrl, oauth, timeoutMs } = options;
  const events = `/calendar/v3/calendars/${calendarId}/events`;
  const silent = '?sendUpdates=none';

  /** One request with the connection's token; a token that is refused is renewed once. */
  const ask = async (
    refreshToken: string,
    request: Request,
    signal: AbortSignal | undefined,
    renewed = false,
  ): Promise<CalendarOutcome<Answered>> => {
    const access = await oauth.accessToken(refreshToken, signal, renewed);
    if (access.kind !== 'done') return access;
    const called = await callVendor(new URL(request.path, apiUrl).href, {
      method: request.method,
      headers: {
        authorization: `Bearer ${access.value}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
      signal,
    });
    // Lost after it arrived, or before: the id of the event makes a repetition harmless.
    if (called.kind !== 'answer') return { kind: 'later', why: called.why };
    if (called.status === 401 && !renewed) return ask(refreshToken, request, signal, true);
    return { kind: 'done', value: called };
  };

  return {
    authorizationUrl: (visit) => oauth.authorizationUrl(visit),
    exchange: (code, verifier) => oauth.exchange(code, verifier),
    revoke: (refreshToken) => oauth.revoke(refreshToken),

    async put(refreshToken, event, signal) {
      const body = eventBody(event);
      const insert = { method: 'POST', path: `${events}${silent}`, body } as const;
      const inserted = await ask(refreshToken, insert, signal);
      if (inserted.kind !== 'done') return inserted;
      if (inserted.value.status !== 409) return stoodAs(event, inserted.value);
      // There already: an earlier try went through, or it is being moved, or somebody deleted it there.
      const path = `${events}/${event.id}${silent}`;
      const updated = await ask(refreshToken, { method: 'PUT', path, body }, signal);
      if (updated.kind !== 'done') return updated;
      const { status } = updated.value;
      // Its id is taken for ever and the event is not there any more: this booking has no event.
      return status === 404 || status === 410
        ? { kind: 'refused', why: `update ${status}` }
        : stoodAs(event, updated.value);
    },

    async remove(refreshToken, eventId, signal) {
      const path = `${events}/${eventId}${silent}`;
      const removed = await ask(refreshToken, { method: 'DELETE', path }, signal);
      if (removed.kind !== 'done') return removed;
      const { status } = removed.value;
      // 404: never arrived; 410: deleted already.
      return status === 404 || status === 410
        ? { kind: 'done', value: null }
        : outcomeOf(removed.value);
    },

    async busy(refreshToken, { endsAt, startsAt }, signal) {
      const body = {
        timeMin: startsAt.toISOString(),
        timeMax: endsAt.toISOString(),
        items: [{ id: calendarId }],
      };
      const request = { method: 'POST', path: '/calendar/v3/freeBusy', body } as const;
      const answered = await ask(refreshToken, request, signal);
      if (answered.kind !== 'done') return answered;
      const outcome = outcomeOf(answered.value);
      return outcome.kind === 'done' ? spansIn(answered.value.body) : outcome;
    },
  };
}

function eventBody({ description, endsAt, id, location, startsAt, summary, url }: OutsideEvent) {
  return {
    id,
    // An event that was deleted there comes back with this.
    status: 'confirmed',
    summary,
    description,
    ...(location === undefined ? {} : { location }),
    start: { dateTime: startsAt.toISOString() },
    end: { dateTime: endsAt.toISOString() },
    // Colleagues who share the calendar see that he is busy, not with what.
    visibility: 'private',
    source: { title: 'MedCall AI', url },
  };
}

/** A success that does not name the event is a proxy's, not Google's. */
function stoodAs(event: OutsideEvent, answered: Answered): CalendarOutcome<null> {
  const outcome = outcomeOf(answered);
  if (outcome.kind !== 'done') return outcome;
  const named = z.object({ id: z.literal(event.id) }).safeParse(answered.body);
  return named.success ? outcome : { kind: 'later', why: 'event unreadable' };
}

function outcomeOf({ body, headers, status }: Answered): CalendarOutcome<null> {
  if (status >= 200 && status < 300) return { kind: 'done', value: null };
  const reasons = errorBody.safeParse(body).data?.error.errors?.map(({ reason }) => reason) ?? [];
  const why = `${status} ${reasons.join(' ')}`.trim();
  const wait = retryAfterMs(headers);
  const later = {
    kind: 'later',
    why,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  } as const;
  if (status >= 500 || status === 408 || status === 429) return later;
  if (status === 403 && reasons.some((reason) => limits.has(reason))) return later;
  // A renewed token that is refused, a permission that was narrowed, a calendar that is gone.
  if (status === 401 || reasons.includes('insufficientPermissions') || status === 404) {
    return { kind: 'disconnected', why };
  }
  // Garbage of a proxy in between is no answer of Google's.
  return reasons.length === 0 ? later : { kind: 'refused', why };
}

function spansIn(body: unknown): CalendarOutcome<BusySpan[]> {
  // One calendar was asked for: the one that is answered.
  const [calendar] = Object.values(freeBusy.safeParse(body).data?.calendars ?? {});
  if (!calendar) return { kind: 'later', why: 'freeBusy unreadable' };
  const [error] = calendar.errors ?? [];
  if (error) {
    return error.reason === 'notFound'
      ? { kind: 'disconnected', why: error.reason }
      : { kind: 'later', why: error.reason };
  }
  const spans = calendar.busy.map(({ end, start }) => ({
    startsAt: new Date(start),
    endsAt: new Date(end),
  }));
  return { kind: 'done', value: spans.filter((span) => span.startsAt < span.endsAt) };
}
