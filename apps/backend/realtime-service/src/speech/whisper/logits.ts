import type { Vocabulary } from './vocabulary.ts';

/** One row of a flat `rows × vocabulary` array of logits. */
export interface LogitsRow {
  readonly logits: Float32Array;
  readonly from: number;
  readonly size: number;
}

export interface ScoredToken {
  readonly token: number;
  readonly logprob: number;
}

/** Masks in place what may not be written: annotations, special tokens, timestamps. */
export function suppress({ logits, from, size }: LogitsRow, vocabulary: Vocabulary): void {
  for (const id of vocabulary.suppressed) logits[from + id] = Number.NEGATIVE_INFINITY;
  logits.fill(Number.NEGATIVE_INFINITY, from + vocabulary.start, from + size);
}

/** The logarithm of the sum of the exponentials: what makes logits into log-probabilities. */
export function logSumExp({ logits, from, size }: LogitsRow): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + size; i += 1) {
    const value = logits[i] as number;
    if (value > top) top = value;
  }
  let sum = 0;
  for (let i = from; i < from + size; i += 1) {
    const below = (logits[i] as number) - top;
    // Less than e^-16 of the best changes nothing that is compared here.
    if (below > -16) sum += Math.exp(below);
  }
  return top + Math.log(sum);
}

/** The most probable tokens of a row, best first. */
export function topTokens(row: LogitsRow, count: number): ScoredToken[] {
  const total = logSumExp(row);
  const best: ScoredToken[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < row.size; token += 1) {
    const logit = row.logits[row.from + token] as number;
    if (logit <= least) continue;
    const at = best.findIndex((one) => one.logprob < logit - total);
    best.splice(at < 0 ? best.length : at, 0, { token, logprob: logit - total });
    if (best.length > count) best.pop();
    if (best.length === count) least = (best.at(-1) as ScoredToken).logprob + total;
  }
  return best;
}
