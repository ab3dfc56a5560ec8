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

export const feedQuery = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
