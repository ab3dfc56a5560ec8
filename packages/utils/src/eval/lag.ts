export interface Spread {
  count: number;
  medianSeconds: number;
  p95Seconds: number;
  maxSeconds: number;
}

/** Nearest-rank percentile: always a value that was measured. `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1] ?? null;
}

/** Median, p95 and worst of delays in seconds, or null when there are none. */
export function spreadOf(seconds: readonly number[]): Spread | null {
  const median = percentile(seconds, 0.5);
  const p95 = percentile(seconds, 0.95);
  const max = percentile(seconds, 1);
  if (median === null || p95 === null || max === null) return null;
  return { count: seconds.length, medianSeconds: median, p95Seconds: p95, maxSeconds: max };
}
