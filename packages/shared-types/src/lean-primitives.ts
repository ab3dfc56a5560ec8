import * as z from './lean.ts';

/** The primitives again, for what the page of an invited person reads: see lean.ts. */
export const uuid = z.uuid();
export const instant = z.instant();

/** Public id of a room: what stands in /call/<id>. */
export const roomIdRule = { min: 8, max: 64, pattern: /^[A-Za-z0-9_-]+$/ } as const;
export const roomId = z.string(roomIdRule);

/** Lists of the API: `{ items, nextCursor }`. */
export function listOf<T extends z.Schema>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
}
