/**
 * Makes from a word what a recogniser of speech might write instead: a general model of misspelling by sound, of words
 * split or run together and of swallowed syllables. It knows no drug and no dialogue; the same seed gives the same text.
 */

/** A pseudo-random source from 0 to below 1 (mulberry32, T. Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Mishearing = (word: string, random: () => number) => string;

export const MISHEARINGS = {
  respelt,
  split,
  swallowed,
  vowelSwapped,
  voicingSwapped,
  padded,
} as const;
export type MishearingName = keyof typeof MISHEARINGS;

/** Spellings of one sound. */
const RESPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ss/, 'ç'],
  [/c(?=[ei])/, 'ss'],
  [/(?<=[aeiou])s(?=[aeiou])/, 'z'],
  [/z/, 's'],
  [/^h/, ''],
  [/x/, 'ch'],
  [/l$/, 'u'],
  [/l(?=[bcdfgmnpqstvz])/, 'u'],
  [/m(?=[pb])/, 'n'],
  [/n(?=[dtcsfg])/, 'm'],
  [/qu(?=[ei])/, 'k'],
  [/rr/, 'r'],
  [/e$/, 'i'],
  [/o$/, 'u'],
  [/i/, 'e'],
  [/e/, 'i'],
  [/m$/, 'n'],
];

function respelt(word: string, random: () => number): string {
  const possible = RESPELLINGS.filter(([spelling]) => spelling.test(word));
  const chosen = possible[Math.floor(random() * possible.length)];
  return chosen === undefined ? word : word.replace(chosen[0], chosen[1]);
}

function split(word: string, random: () => number): string {
  const at = 2 + Math.floor(random() * (word.length - 4));
  return `${word.slice(0, at)} ${word.slice(at)}`;
}

/** An unstressed syllable inside: a consonant with its vowel. */
function swallowed(word: string, random: () => number): string {
  const syllables = [...word.matchAll(/(?<=.{2})[bcdfglmnprstvxz][aeiou](?=.{3})/gu)];
  const chosen = syllables[Math.floor(random() * syllables.length)];
  return chosen === undefined ? word : word.slice(0, chosen.index) + word.slice(chosen.index + 2);
}

function vowelSwapped(word: string, random: () => number): string {
  return replaceOne(word, /[aeiou]/g, { a: 'o', e: 'i', i: 'e', o: 'u', u: 'o' }, random);
}

function voicingSwapped(word: string, random: () => number): string {
  return replaceOne(word, /[bpdtvf]/g, { b: 'p', p: 'b', d: 't', t: 'd', v: 'f', f: 'v' }, random);
}

/** A vowel between two consonants that Portuguese does not like together: "amitripitilina". */
function padded(word: string): string {
  return word.replace(/([pctbdg])(?=[tnmcsdp])/, '$1i');
}

function replaceOne(
  word: string,
  pattern: RegExp,
  by: Readonly<Record<string, string>>,
  random: () => number,
): string {
  const places = [...word.matchAll(pattern)];
  const chosen = places[Math.floor(random() * places.length)];
  if (chosen === undefined) return word;
  return word.slice(0, chosen.index) + (by[chosen[0]] ?? '') + word.slice(chosen.index + 1);
}

/** One mishearing, or two one after the other. */
export function misheard(
  word: string,
  mishearings: readonly MishearingName[],
  random: () => number,
): string {
  let heard = word;
  for (const name of mishearings) {
    const mishear: Mishearing = MISHEARINGS[name];
    heard = mishear(heard, random);
  }
  return heard;
}
