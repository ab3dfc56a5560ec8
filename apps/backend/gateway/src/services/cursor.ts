import { AppError } from '@medcall/service-kit';
import { z } from 'zod';

const parts = z.tuple([z.string().max(200), z.uuid()]);

/** Lists of the API. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * Where a page ended: the sorted value as PostgreSQL text, and the id that breaks ties. It stands
 * in addresses, which proxies and browsers keep: never a name. A list by name looks it up by the id.
 */
export type Cursor = z.infer<typeof parts>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws AppError validation_failed for text that is no cursor of ours */
export function readCursor(text: string): Cursor {
  try {
    return parts.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('validation_failed', {
      details: [{ path: 'cursor', message: 'cursor inválido' }],
      cause,
    });
  }
}

/** Cuts the one row too many that was asked for to know whether there is a next page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => Cursor,
): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { rows: page, nextCursor: more ? writeCursor(cursorOf(last)) : null };
}
