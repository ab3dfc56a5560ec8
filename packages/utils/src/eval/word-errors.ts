import { normalise, sameWord } from './normalise.ts';

export type AlignmentStep =
  | { kind: 'equal' | 'substitution'; reference: string; hypothesis: string }
  | { kind: 'deletion'; reference: string }
  | { kind: 'insertion'; hypothesis: string };

/** Counts of an alignment. `words` is the number of words of the reference. */
export interface WordErrors {
  words: number;
  substitutions: number;
  deletions: number;
  insertions: number;
}

export const noWordErrors: WordErrors = { words: 0, substitutions: 0, deletions: 0, insertions: 0 };

/**
 * The cheapest way from the reference to the hypothesis (Levenshtein over words, all three errors
 * cost 1). Of equally cheap ways, the one that substitutes rather than deletes and inserts.
 */
export function alignWords(
  reference: readonly string[],
  hypothesis: readonly string[],
): AlignmentStep[] {
  const width = hypothesis.length + 1;
  const costs = new Uint32Array((reference.length + 1) * width);
  for (let i = 0; i <= reference.length; i++) {
    for (let j = 0; j < width; j++) {
      costs[i * width + j] = cheapest(costs, width, i, j, reference, hypothesis);
    }
  }
  const steps: AlignmentStep[] = [];
  let i = reference.length;
  let j = hypothesis.length;
  while (i > 0 || j > 0) {
    const here = costAt(costs, i * width + j);
    const said = reference[i - 1] ?? '';
    const heard = hypothesis[j - 1] ?? '';
    const equal = i > 0 && j > 0 && sameWord(said, heard);
    if (i > 0 && j > 0 && here === costAt(costs, (i - 1) * width + j - 1) + (equal ? 0 : 1)) {
      steps.push({
        kind: equal ? 'equal' : 'substitution',
        reference: said,
        hypothesis: heard,
      });
      i -= 1;
      j -= 1;
    } else if (i > 0 && here === costAt(costs, (i - 1) * width + j) + 1) {
      steps.push({ kind: 'deletion', reference: said });
      i -= 1;
    } else {
      steps.push({ kind: 'insertion', hypothesis: heard });
      j -= 1;
    }
  }
  return steps.reverse();
}

function costAt(costs: Uint32Array, index: number): number {
  return costs[index] ?? 0;
}

function cheapest(
  costs: Uint32Array,
  width: number,
  i: number,
  j: number,
  reference: readonly string[],
  hypothesis: readonly string[],
): number {
  if (i === 0) return j;
  if (j === 0) return i;
  const equal = sameWord(reference[i - 1] ?? '', hypothesis[j - 1] ?? '');
  return Math.min(
    costAt(costs, (i - 1) * width + j - 1) + (equal ? 0 : 1),
    costAt(costs, (i - 1) * width + j) + 1,
    costAt(costs, i * width + j - 1) + 1,
  );
}

/** Word errors between two texts, both normalised first. */
export function countWordErrors(reference: string, hypothesis: string): WordErrors {
  const said = normalise(reference);
  const steps = alignWords(said, normalise(hypothesis));
  const count = (kind: AlignmentStep['kind']) => steps.filter((step) => step.kind === kind).length;
  return {
    words: said.length,
    substitutions: count('substitution'),
    deletions: count('deletion'),
    insertions: count('insertion'),
  };
}

/** Sums over turns, speakers or dialogues: pooled, so that a long text weighs more than a short one. */
export function poolWordErrors(all: readonly WordErrors[]): WordErrors {
  return all.reduce(
    (sum, one) => ({
      words: sum.words + one.words,
      substitutions: sum.substitutions + one.substitutions,
      deletions: sum.deletions + one.deletions,
      insertions: sum.insertions + one.insertions,
    }),
    noWordErrors,
  );
}

/** WER as a fraction of the reference's words; can pass 1. Null when nothing was to be said. */
export function wordErrorRate(errors: WordErrors): number | null {
  if (errors.words === 0) return null;
  return (errors.substitutions + errors.deletions + errors.insertions) / errors.words;
}
