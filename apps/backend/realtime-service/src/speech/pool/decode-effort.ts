import type { JobPriority } from '../ports.ts';

/** From text that is replaced in a second to text that stays. */
export const DECODE_EFFORTS = ['quick', 'careful', 'thorough'] as const;
export type DecodeEffort = (typeof DECODE_EFFORTS)[number];

/** How hard a decoder tries. Nobody waits for a revision, and it is what remains. */
export function effortOf(priority: JobPriority): DecodeEffort {
  if (priority === 'partial') return 'quick';
  return priority === 'revision' ? 'thorough' : 'careful';
}
