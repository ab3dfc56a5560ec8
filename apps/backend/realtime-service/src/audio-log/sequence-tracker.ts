/**
 * Which sequence numbers of a stream are settled: written or given up.
 * `acked` is the last number before the first hole; later ones wait in `ahead`.
 */
export class SequenceTracker {
  private readonly ahead = new Set<number>();
  private contiguous = -1;

  get acked(): number {
    return this.contiguous;
  }

  /** The next number that is neither written nor given up. */
  get next(): number {
    return this.contiguous + 1;
  }

  has(seq: number): boolean {
    return seq <= this.contiguous || this.ahead.has(seq);
  }

  add(seq: number): void {
    if (this.has(seq)) return;
    this.ahead.add(seq);
    this.settle();
  }

  /** Parts of [from, to] that are not settled, in order. */
  missing(from: number, to: number): Array<{ from: number; to: number }> {
    const ranges: Array<{ from: number; to: number }> = [];
    for (let seq = Math.max(from, this.next); seq <= to; seq++) {
      if (this.ahead.has(seq)) continue;
      const last = ranges.at(-1);
      if (last && last.to === seq - 1) last.to = seq;
      else ranges.push({ from: seq, to: seq });
    }
    return ranges;
  }

  /** The hole that holds up the acknowledgement, or null. */
  firstHole(): { from: number; to: number } | null {
    if (this.ahead.size === 0) return null;
    let lowest = Number.POSITIVE_INFINITY;
    for (const seq of this.ahead) lowest = Math.min(lowest, seq);
    return { from: this.next, to: lowest - 1 };
  }

  private settle(): void {
    while (this.ahead.delete(this.contiguous + 1)) this.contiguous += 1;
  }
}
