import { z } from 'zod';

export const uuid = z.uuid();
/** ISO 8601 instant; rows leave the services in UTC. */
export const instant = z.iso.datetime({ offset: true });
/** Calendar date, AAAA-MM-DD. */
export const calendarDate = z.iso.date();
/** Public id of a room: what stands in /call/<id>. */
export const roomId = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

/** Lists of the API: `{ items, nextCursor }`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
