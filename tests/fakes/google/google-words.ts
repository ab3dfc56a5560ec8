import type { ServerResponse } from 'node:http';
import { sendJson } from '../http-fake.ts';

export interface GoogleEvent {
  id: string;
  status?: string;
  summary?: string;
  description?: string;
  location?: string;
  transparency?: string;
  visibility?: string;
  start: { dateTime: string };
  end: { dateTime: string };
  /** How often it was put in: more than once would be two events. */
  inserts: number;
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

export function readEvent(body: string): (Omit<GoogleEvent, 'id'> & { id?: string }) | null {
  try {
    return JSON.parse(body) as GoogleEvent;
  } catch {
    return null;
  }
}

/** What Google refuses in an event: its id, and times that are none. */
export function eventProblem(event: ReturnType<typeof readEvent>): string | null {
  if (!event) return 'parseError';
  if (event.id !== undefined && !/^[a-v0-9]{5,1024}$/.test(event.id)) return 'invalid';
  const [start, end] = [event.start?.dateTime, event.end?.dateTime].map((at) =>
    Date.parse(at ?? ''),
  );
  if (!(Number(start) < Number(end))) return 'timeRangeEmpty';
  return null;
}
