import { z } from 'zod';

/**
 * Prefixes whose reads may be asked twice: all that they do besides answering is in the database, where
 * a shadow read is rolled back. Reads of the other services may cost money (embeddings) or open files.
 */
const shadowable = [
  '/api/me',
  '/api/patients',
  '/api/consultations',
  '/api/clinic',
  '/api/audit',
  '/api/availability',
  '/api/notifications',
  '/api/data-requests',
] as const;

/** Files are made and put away when they are first asked for, and a walk of the audit chain is long. */
const excluded = /(\.[a-z]+|\/(pdf|export|voice|verify))$/;

/** `$.items[].updated_at`: keys, `[]` for each item of a list, `*` for any one key. */
const ignoredPath = z
  .string()
  .regex(
    /^\$(\.([A-Za-z_][A-Za-z0-9_]*|\*)|\[\])+$/,
    'is a path such as $.items[].updated_at, with * for any one key',
  );

export const shadowRule = z.strictObject({
  /** Share of reads that are compared. */
  sample: z.number().gt(0).max(1).default(1),
  /** What may differ: each path with everything below it. */
  ignore: z.array(ignoredPath).max(100).default([]),
});

export interface ShadowRule {
  prefix: string;
  sample: number;
  ignore: readonly string[];
}

/** Whether reads under a prefix may be compared at all. */
export function isShadowable(prefix: string): boolean {
  return shadowable.some((one) => prefix === one || prefix.startsWith(`${one}/`));
}

/** Whether this very path may be asked twice. */
export function mayBeShadowed(path: string): boolean {
  return isShadowable(path) && !excluded.test(path);
}

export const shadowablePrefixes: readonly string[] = shadowable;
