import type { ServerResponse } from 'node:http';
import { sendJson } from '../http-fake.ts';

/** A moment, or for what lasts whole days the date in the calendar's time zone (the end is the day after). */
export interface GoogleTime {
  dateTime?: string;
  date?: string;
  timeZone?: string;
}

/** What a person or an application says of an event. */
export interface EventBody {
  id?: string;
  status?: string;
  summary?: string;
  description?: string;
  location?: string;
  transparency?: string;
  visibility?: string;
  start: GoogleTime;
  end: GoogleTime;
  /** One RRULE: daily or weekly, with COUNT. */
  recurrence?: string[];
  attendees?: { email?: string; self?: boolean; responseStatus?: string }[];
  extendedProperties?: { private?: Record<string, string> };
}

export interface GoogleEvent extends EventBody {
  id: string;
  etag: string;
  /** How often it was put in: more than once would be two events. */
  inserts: number;
  /** The change that it had last, counted over all calendars. */
  change: number;
}

/** Errors as the Calendar API words them. */
export function googleError(
  res: ServerResponse,
  status: number,
  reason: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  const errors = [{ domain: status === 403 ? 'usageLimits' : 'global', reason, message }];
  sendJson(res, status, { error: { errors, code: status, message } }, headers);
}

export function readJson<T>(body: string): T | null {
  try {
    return JSON.parse(body) as T;
  } catch {
    return null;
  }
}

/** What Google refuses in an event: its id, and times that are none. */
export function eventProblem(event: EventBody | null): string | null {
  if (!event) return 'parseError';
  if (event.id !== undefined && !/^[a-v0-9]{5,1024}$/.test(event.id)) return 'invalid';
  const [start, end] = [event.start, event.end].map((at) =>
    Date.parse(at?.dateTime ?? at?.date ?? ''),
  );
  if (!(Number(start) < Number(end))) return 'timeRangeEmpty';
  return null;
}

/** The instances of an event, as `singleEvents` shows them. */
export function instancesOf(event: GoogleEvent): GoogleEvent[] {
  const [, freq, count] =
    /^RRULE:FREQ=(DAILY|WEEKLY);COUNT=(\d+)$/.exec(event.recurrence?.[0] ?? '') ?? [];
  if (!freq) return [event];
  const stepMs = (freq === 'DAILY' ? 1 : 7) * 86_400_000;
  const moved = (at: GoogleTime, n: number): GoogleTime => ({
    ...at,
    dateTime: new Date(Date.parse(at.dateTime ?? '') + n * stepMs).toISOString(),
  });
  const { recurrence: _, ...single } = event;
  return Array.from({ length: Number(count) }, (_each, n) => {
    const start = moved(event.start, n);
    const stamp = (start.dateTime ?? '').replaceAll(/[-:]|\.\d+/g, '');
    return { ...single, id: `${event.id}_${stamp}`, start, end: moved(event.end, n) };
  });
}

/** A partial response (`fields`): `a,b(c,d/e)` leaves out everything that is not named. */
export function partOf(value: unknown, fields: string): unknown {
  if (Array.isArray(value)) return value.map((one) => partOf(one, fields));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const field of splitFields(fields)) {
    const [, name = '', inner] = /^([^(/]+)(?:\((.*)\)|\/(.*))?$/.exec(field) ?? [];
    const rest = inner ?? field.slice(name.length + 1);
    if (!(name in value)) continue;
    const found = (value as Record<string, unknown>)[name];
    kept[name] = rest === '' ? found : partOf(found, rest);
  }
  return kept;
}

function splitFields(fields: string): string[] {
  const found: string[] = [];
  let [depth, from] = [0, 0];
  for (let n = 0; n <= fields.length; n += 1) {
    if (fields[n] === '(') depth += 1;
    if (fields[n] === ')') depth -= 1;
    if (n === fields.length || (fields[n] === ',' && depth === 0)) {
      found.push(fields.slice(from, n));
      from = n + 1;
    }
  }
  return found;
}
