import type { z } from 'zod';

/** Reads a stored JSON value. One of the wrong shape is our fault, never the caller's. */
export function stored<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error('a stored value has not the shape that it should', { cause: parsed.error });
}
