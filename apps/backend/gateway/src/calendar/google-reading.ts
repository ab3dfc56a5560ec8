import { instantOf } from '@medcall/utils';
import { z } from 'zod';
import type {
  BusySpan,
  CalendarOutcome,
  OutsideChange,
  OutsideChanges,
  ReadFrom,
} from './calendar-provider.ts';
import { type AskGoogle, eventsPath, readAnswer } from './google-request.ts';

/** Under this name an event of ours carries when we put it there last. */
export const writtenProperty = 'medcall';

/** When, whether it takes time, and the doctor's own answer: words and other people stay at Google. */
const eventFields = `id,status,transparency,start(date,dateTime),end(date,dateTime),attendees(self,responseStatus),extendedProperties/private/${writtenProperty}`;
const listFields = `timeZone,nextPageToken,nextSyncToken,items(${eventFields})`;
/** Some 250 kB. */
const perPage = 1_000;
/** A calendar with more is not read: see `too_large`. */
const mostPages = 50;

const moment = z.object({
  dateTime: z.iso.datetime({ offset: true }).optional(),
  date: z.iso.date().optional(),
});
const item = z.object({
  id: z.string().min(1),
  status: z.string().optional(),
  transparency: z.string().optional(),
  start: moment.optional(),
  end: moment.optional(),
  attendees: z
    .array(z.object({ self: z.boolean().optional(), responseStatus: z.string().optional() }))
    .optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).optional() }).optional(),
});
const list = z.object({
  timeZone: z.string().optional(),
  items: z.array(item).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});
type Item = z.output<typeof item>;

/**
 * What changed, or all of a time: https://developers.google.com/workspace/calendar/api/guides/sync. Events
 * that repeat come as their single ones. Pages are read to the end, as only the last has the next token.
 */
export async function readChanges(
  ask: AskGoogle,
  refreshToken: string,
  from: ReadFrom,
  signal: AbortSignal | undefined,
): Promise<CalendarOutcome<OutsideChanges>> {
  const query = new URLSearchParams({
    singleEvents: 'true',
    maxAttendees: '1',
    maxResults: String(perPage),
    fields: listFields,
    // A time cannot go with a token: the token remembers it.
    ...(from.kind === 'since'
      ? { syncToken: from.syncToken }
      : { timeMin: from.startsAt.toISOString(), timeMax: from.endsAt.toISOString() }),
  });
  const changes: OutsideChange[] = [];
  for (let n = 0; n < mostPages; n += 1) {
    const request = { method: 'GET', path: `${eventsPath}?${query}` } as const;
    const answered = await ask(refreshToken, request, signal);
    if (answered.kind !== 'done') return answered;
    const { status } = answered.value;
    // 400: a token that is no token of this calendar's, as another account's is.
    if (status === 410 || (status === 400 && from.kind === 'since'))
      return { kind: 'done', value: { kind: 'expired' } };
    const page = readAnswer(answered.value, list, 'events');
    if (page.kind !== 'done') return page;
    const { items, nextPageToken, nextSyncToken, timeZone = 'UTC' } = page.value;
    changes.push(...items.flatMap((one) => changeOf(one, timeZone) ?? []));
    if (nextPageToken !== undefined) {
      query.set('pageToken', nextPageToken);
      continue;
    }
    return nextSyncToken === undefined
      ? { kind: 'later', why: 'events without a sync token' }
      : { kind: 'done', value: { kind: 'changes', changes, syncToken: nextSyncToken } };
  }
  return { kind: 'done', value: { kind: 'too_large' } };
}

/**
 * The event as it is now; undefined where the answer is no event.
 * @param timeZone of days without a clock: an event alone does not say its calendar's
 */
export function readEvent(
  body: unknown,
  timeZone: string,
): { etag: string; change: OutsideChange } | undefined {
  const parsed = item.extend({ etag: z.string().min(1) }).safeParse(body);
  const change = parsed.data && changeOf(parsed.data, timeZone);
  return change && { etag: parsed.data.etag, change };
}
/** As `fields` of one event. */
export const singleEventFields = `etag,${eventFields}`;

/** Undefined for what has no time. */
function changeOf(event: Item, timeZone: string): OutsideChange | undefined {
  const { attendees = [], end, extendedProperties, id, start, status, transparency } = event;
  if (status === 'cancelled') return { kind: 'gone', id };
  const startsAt = instantIn(start, timeZone);
  const endsAt = instantIn(end, timeZone);
  if (!startsAt || !endsAt) return undefined;
  const declined = attendees.some((one) => one.self && one.responseStatus === 'declined');
  return {
    kind: 'there',
    id,
    startsAt,
    endsAt,
    isBusy: transparency !== 'transparent' && !declined && startsAt < endsAt,
    written: readWritten(extendedProperties?.private?.[writtenProperty]),
  };
}

/** A day without a clock begins at midnight of the calendar's own zone. */
function instantIn(at: z.output<typeof moment> | undefined, timeZone: string): Date | undefined {
  if (at?.dateTime !== undefined) return new Date(at.dateTime);
  if (at?.date === undefined) return undefined;
  return new Date(instantOf({ day: at.date, minutes: 0 }, knownZone(timeZone)));
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    // A name that this machine's time zone data does not have yet: hours off, but not the whole reading.
    return 'UTC';
  }
}

export function writeWritten({ endsAt, startsAt }: BusySpan): string {
  return `${startsAt.toISOString()}/${endsAt.toISOString()}`;
}

function readWritten(text: string | undefined): BusySpan | null {
  const [startsAt, endsAt] = (text ?? '').split('/').map((one) => new Date(one));
  return startsAt && endsAt && startsAt < endsAt ? { startsAt, endsAt } : null;
}
