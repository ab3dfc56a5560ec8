/** How long a store may take. The tests make it shorter. */
export interface StoreDeadlines {
  /** A call without a body to speak of, its retries included. */
  callMs: number;
  /** Longest silence of a body that is being read. */
  idleMs: number;
}

export const storeDeadlines: StoreDeadlines = { callMs: 15_000, idleMs: 10_000 };

/** A line slower than 100 kB/s counts as broken. */
const slowestBytesPerMs = 100;

/** Deadline of an upload: it grows with the body. */
export function uploadMs(deadlines: StoreDeadlines, bytes: number): number {
  return deadlines.callMs + Math.ceil(bytes / slowestBytesPerMs);
}
