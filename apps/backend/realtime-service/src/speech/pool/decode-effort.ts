import type { JobPriority } from '../ports.ts';

/** For text that is replaced in a second, and for text that stays. */
export const DECODE_EFFORTS = ['quick', 'careful'] as const;
export type DecodeEffort = (typeof DECODE_EFFORTS)[number];

/** How hard a decoder tries. */
export function effortOf(priority: JobPriority): DecodeEffort {
  return priority === 'partial' ? 'quick' : 'careful';
}
