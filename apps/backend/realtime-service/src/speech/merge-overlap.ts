import { plainWords } from './filters/filter.ts';

export interface MergedTexts {
  readonly before: string;
  readonly after: string;
}

/** Two words that stand for the same sound, by their places in the two texts. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly equal: boolean;
}

const EQUAL = 1;
/** Half-heard words are written differently on the two sides: “losatana” and “losartana”. */
const ALIKE = 0.7;
const MISS = -0.5;
/** One equal word with one rag beside it is an overlap, one with two may be chance. */
const LEAST_SCORE = 0.5;
/**
 * Taken off for each word that the overlap would be longer or shorter than its sound. More than a word
 * is worth: in “não, não, não” every length fits, and the one that the sound has is right.
 */
const WRONG_LENGTH = 1.25;
/** Letters of a word that may differ: one in three. */
const MOST_LETTERS_APART = 1 / 3;
const LEAST_LETTERS = 4;
/** Of a word that the cut went through. */
const LEAST_PART_LETTERS = 2;

/**
 * Joins the texts of two utterances whose sound overlaps, so that the words in the overlap are
 * there once. The end of the first is aligned with the start of the second; in the middle of the
 * words on which both agree, the one hands over to the other, so that the rags on both sides of the
 * cut, half words mostly, go. Where they agree on nothing both stay as they are.
 *
 * @param overlapWords about how many words the sound holds that both have
 */
export function mergeOverlap(before: string, after: string, overlapWords: number): MergedTexts {
  const left = wordsOf(before);
  const right = wordsOf(after);
  // People do not speak evenly, and a word is cut in two at each edge.
  const reach = Math.ceil(overlapWords * 1.5) + 2;
  const skipped = Math.max(0, left.length - reach);
  const [end, start] = [plain(left.slice(skipped)), plain(right.slice(0, reach))];
  // Whatever its length: an alignment with a gap leaves out what stands on one side only, a finding perhaps.
  const exact = wordForWord(end, start, overlapWords);
  const pairs = exact.length > 0 ? exact : align(end, start);
  const equal = pairs.filter((pair) => pair.equal);
  const joint = equal[equal.length >> 1] ?? pairs.at(-1);
  if (joint === undefined) return { before, after };
  const at = skipped + joint.left;
  // Of two half-heard words, the longer was heard in full.
  const keepLeft =
    joint.equal || (left[at] as string).length >= (right[joint.right] as string).length;
  return {
    before: left.slice(0, keepLeft ? at + 1 : at).join(' '),
    after: right.slice(keepLeft ? joint.right + 1 : joint.right).join(' '),
  };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function plain(words: readonly string[]): string[] {
  return words.map((word) => plainWords(word).join(''));
}

/** Makes the likeness of a word of the one row to a word of the other. */
function likenessOf(left: readonly string[], right: readonly string[]) {
  return (i: number, j: number) => {
    const [a, b] = [left[i] as string, right[j] as string];
    // The cut went through the last word of the one, and through the first word of the other.
    const cut =
      (i === left.length - 1 && isPart(b.startsWith(a), a)) ||
      (j === 0 && isPart(a.endsWith(b), b));
    return Math.max(alike(a, b), cut ? ALIKE : MISS);
  };
}

/**
 * The end of one row as the start of another, word for word; of several lengths, the one that the sound
 * has. Empty when there is none.
 *
 * @param expected about how many words stand in both
 */
function wordForWord(left: readonly string[], right: readonly string[], expected: number): Pair[] {
  const likeness = likenessOf(left, right);
  let pairs: Pair[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (let length = 1; length <= Math.min(left.length, right.length); length += 1) {
    const from = left.length - length;
    const likes = Array.from({ length }, (_, j) => likeness(from + j, j));
    if (likes.some((like) => like <= 0)) continue;
    const sum = likes.reduce((all, like) => all + like, 0);
    const fits = sum - WRONG_LENGTH * Math.abs(length - expected);
    if (fits <= best) continue;
    pairs = likes.map((like, j) => ({ left: from + j, right: j, equal: like === EQUAL }));
    best = fits;
  }
  return pairs;
}

/**
 * The best alignment of the end of one row of words with the start of another: what comes before in
 * the first and after in the second costs nothing.
 */
function align(left: readonly string[], right: readonly string[]): Pair[] {
  const width = right.length + 1;
  const scores = new Float64Array((left.length + 1) * width);
  for (let j = 1; j < width; j += 1) scores[j] = j * MISS;
  const score = (i: number, j: number) => scores[i * width + j] as number;
  const likeness = likenessOf(left, right);
  for (let i = 1; i <= left.length; i += 1) {
    for (let j = 1; j < width; j += 1) {
      scores[i * width + j] = Math.max(
        score(i - 1, j - 1) + likeness(i - 1, j - 1),
        score(i - 1, j) + MISS,
        score(i, j - 1) + MISS,
      );
    }
  }
  let j = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let k = 1; k < width; k += 1) {
    if (score(left.length, k) < LEAST_SCORE || score(left.length, k) <= best) continue;
    j = k;
    best = score(left.length, k);
  }
  const pairs: Pair[] = [];
  let i = left.length;
  while (i > 0 && j > 0) {
    const like = likeness(i - 1, j - 1);
    if (score(i, j) === score(i - 1, j - 1) + like) {
      i -= 1;
      j -= 1;
      if (like > 0) pairs.push({ left: i, right: j, equal: like === EQUAL });
    } else if (score(i, j) === score(i - 1, j) + MISS) i -= 1;
    else j -= 1;
  }
  return pairs.reverse();
}

function isPart(is: boolean, part: string): boolean {
  return is && part.length >= LEAST_PART_LETTERS;
}

function alike(a: string, b: string): number {
  if (a === '' || b === '') return MISS;
  if (a === b) return EQUAL;
  const longer = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < LEAST_LETTERS) return MISS;
  return lettersApart(a, b) <= longer * MOST_LETTERS_APART ? ALIKE : MISS;
}

/** Least number of letters to change, leave out or put in. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] as number;
}
