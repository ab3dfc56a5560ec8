import { plainWords } from './filters/filter.ts';

export interface MergedTexts {
  readonly before: string;
  readonly after: string;
}

interface Match {
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** The longest run of equal words near the end of one text and the start of the other. */
function longestRun(before: string[], after: string[], reach: number): Match | null {
  const from = Math.max(0, before.length - reach);
  let best: Match | null = null;
  for (let i = from; i < before.length; i += 1) {
    for (let j = 0; j < Math.min(reach, after.length); j += 1) {
      let length = 0;
      while (
        i + length < before.length &&
        j + length < after.length &&
        before[i + length] !== '' &&
        before[i + length] === after[j + length]
      ) {
        length += 1;
      }
      if (length > (best?.length ?? 0)) best = { before: i, after: j, length };
    }
  }
  return best;
}

/**
 * Joins the texts of two utterances whose sound overlaps, so that the words in the overlap are
 * there once. Where they agree on a run of words, the first keeps what comes before and in it, the
 * second what comes after; the rags on both sides of the cut, half words mostly, go.
 *
 * @param overlapSeconds how much sound both hold
 */
export function mergeOverlap(before: string, after: string, overlapSeconds: number): MergedTexts {
  const left = wordsOf(before);
  const right = wordsOf(after);
  // About four words a second, and a word cut in two at each edge.
  const reach = Math.ceil(overlapSeconds * 4) + 2;
  const plain = (words: string[]) => words.map((word) => plainWords(word).join(''));
  const run = longestRun(plain(left), plain(right), reach);
  if (run === null) return { before, after };
  return {
    before: left.slice(0, run.before + run.length).join(' '),
    after: right.slice(run.after + run.length).join(' '),
  };
}
