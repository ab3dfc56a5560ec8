import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

/** Why a calendar outside was not read last time: its limit, no answer, a refusal, more events than are read. */
export const syncProblem = z.enum(['limited', 'unreachable', 'refused', 'too_large']);
export type SyncProblem = z.infer<typeof syncProblem>;

/** A doctor's own calendar: what leaves for it. The feed's address is shown once, when it is made. */
export const calendarStatus = z.object({
  feed: z.object({ active: z.boolean() }),
  google: z.object({
    /** False where the installation has no Google client. */
    available: z.boolean(),
    /** `failed`: Google no longer accepts the connection; the doctor connects again. */
    status: z.enum(['disconnected', 'active', 'failed']),
    account_email: z.string().nullable(),
    connected_at: instant.nullable(),
    /** When it was read last; null before the first time. */
    synced_at: instant.nullable(),
    problem: syncProblem.nullable(),
  }),
});
export type CalendarStatus = z.infer<typeof calendarStatus>;

export const calendarFeed = z.object({ url: z.url() });
export type CalendarFeed = z.infer<typeof calendarFeed>;

/** Google's page, where the doctor allows the connection. */
export const googleVisit = z.object({ url: z.url() });

/** What Google sends the browser back with: a code, or why there is none. */
export const googleReturn = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(2_000).optional(),
  error: z.string().max(200).optional(),
});
export type GoogleReturn = z.infer<typeof googleReturn>;

/** How a visit to Google's page ended. */
export const googleOutcome = z.object({ outcome: z.enum(['connected', 'refused', 'failed']) });
export type GoogleOutcome = z.infer<typeof googleOutcome>;

/**
 * A coming booking over which the doctor's Google calendar and the agenda disagree. `moved`, `deleted`: he did
 * that there, and nothing changed here. `overruled`: the agenda had changed too, and its time went there.
 * `busy`: something else lies at its time. Nothing but when is known of what is there.
 */
export const calendarConflict = z.object({
  consultation_id: uuid,
  /** In the agenda. */
  scheduled_at: instant,
  duration_minutes: z.number().int(),
  kind: z.enum(['moved', 'deleted', 'overruled', 'busy']),
  /** In Google; null for what was deleted there. */
  starts_at: instant.nullable(),
  ends_at: instant.nullable(),
});
export type CalendarConflict = z.infer<typeof calendarConflict>;
export const calendarConflicts = z.object({ items: z.array(calendarConflict) });

export const feedQuery = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
