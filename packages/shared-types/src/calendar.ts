import { z } from 'zod';
import { instant } from './primitives.ts';

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

export const feedQuery = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
