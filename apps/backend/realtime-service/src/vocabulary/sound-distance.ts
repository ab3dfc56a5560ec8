/**
 * Damerau–Levenshtein distance (optimal string alignment) over sounds, where sounds that are easily misheard for each other
 * cost less than a whole edit. Runs a few hundred times a sentence: rows and costs are typed arrays.
 *
 * @param a,b sounds as `phonemes` writes them, at most 63 of them
 * @returns the distance, or Infinity as soon as it must exceed `limit`
 */
export function soundDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  const tooFar = Math.abs(a.length - b.length) * SWALLOWED > limit;
  if (tooFar || a.length > LONGEST || b.length > LONGEST) return Number.POSITIVE_INFINITY;
  let [beforePrevious, previous, current] = rows;
  previous[0] = 0;
  for (let j = 1; j <= b.length; j++) {
    previous[j] = at(previous, j - 1) + insertionCost(b.charCodeAt(j - 1));
  }
  for (let i = 1; i <= a.length; i++) {
    const from = a.charCodeAt(i - 1);
    const fromBefore = i > 1 ? a.charCodeAt(i - 2) : -1;
    const dropFrom = insertionCost(from);
    let best = at(previous, 0) + dropFrom;
    current[0] = best;
    for (let j = 1; j <= b.length; j++) {
      const to = b.charCodeAt(j - 1);
      let cost = at(previous, j - 1) + substitutionCost(from, to);
      const dropped = at(previous, j) + dropFrom;
      if (dropped < cost) cost = dropped;
      const inserted = at(current, j - 1) + insertionCost(to);
      if (inserted < cost) cost = inserted;
      if (j > 1 && from === b.charCodeAt(j - 2) && to === fromBefore) {
        const swapped = at(beforePrevious, j - 2) + 1;
        if (swapped < cost) cost = swapped;
      }
      current[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return Number.POSITIVE_INFINITY;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  const distance = at(previous, b.length);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

const LONGEST = 63;
const rows: [Float64Array, Float64Array, Float64Array] = [
  new Float64Array(LONGEST + 1),
  new Float64Array(LONGEST + 1),
  new Float64Array(LONGEST + 1),
];

/** Typed arrays of fixed length: every index used here lies inside. */
function at(row: Float64Array, index: number): number {
  return row[index] as number;
}

/** A vowel is swallowed or put in more easily than a consonant ("pneu", "ritmo"); so is a nasal. */
const SWALLOWED = 0.6;
const VOWELS = 'aeiou';
const CODES = 128;

const insertions = new Float64Array(CODES).fill(1);
for (const sound of `${VOWELS}N`) insertions[sound.charCodeAt(0)] = SWALLOWED;

const substitutions = new Float64Array(CODES * CODES).fill(1);
function setCost(pair: string, cost: number): void {
  const [one, other] = [pair.charCodeAt(0), pair.charCodeAt(1)];
  substitutions[one * CODES + other] = cost;
  substitutions[other * CODES + one] = cost;
}
for (const one of VOWELS) for (const other of VOWELS) setCost(one + other, 0.7);
for (const [cost, pairs] of [
  [0.5, 'ae ao eo ai io'],
  [0.4, 'pb td kg fv XJ JS ul lr lR au'],
  [0.2, 'ei ou SZ XS JZ rR mn mN nN lL'],
] as const) {
  for (const pair of pairs.split(' ')) setCost(pair, cost);
}
for (let code = 0; code < CODES; code++) substitutions[code * CODES + code] = 0;

function insertionCost(code: number): number {
  return insertions[code] as number;
}

function substitutionCost(from: number, to: number): number {
  return substitutions[from * CODES + to] as number;
}
