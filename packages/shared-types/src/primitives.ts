import { z } from 'zod';
import { roomIdRule } from './lean-primitives.ts';

export const uuid = z.uuid();
/** ISO 8601 instant; rows leave the services in UTC. */
export const instant = z.iso.datetime({ offset: true });
/** Calendar date, AAAA-MM-DD. */
export const calendarDate = z.iso.date();
/** Public id of a room: what stands in /call/<id>. */
export const roomId = z.string().min(roomIdRule.min).max(roomIdRule.max).regex(roomIdRule.pattern);

/** Lists of the API: `{ items, nextCursor }`. */
export function listOf<T extends z.core.$ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
