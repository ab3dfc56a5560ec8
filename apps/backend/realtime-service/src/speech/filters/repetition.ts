import { deflateRawSync } from 'node:zlib';
import { trailingLoop } from '../whisper/repetition.ts';
import { DROP, type Filter, KEEP, plainWords } from './filter.ts';

/** Whisper's own measure of a loop (OpenAI's reference decoder re-decodes above 2.4). */
const MOST_COMPRESSION = 2.4;
/** Short texts compress badly whatever they say: below this the ratio means nothing. */
const LEAST_BYTES = 60;

function compressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length / deflateRawSync(bytes).length;
}

/** A single letter drawn out (“Ooooooo”, “Mmmmm”) or breathed (“H-h-h-h-a”): how music and hums are written. */
const DRAWN_OUT = /^(?:(\p{Letter})\1{3,}|h{3,}\p{Letter})$/u;

/** Whoever says a whole sentence again takes the time for it: a loop of two rounds does not. */
const LEAST_WORDS_TWICE = 6;
/** Faster than most people ever speak; the fastest reach about 25. */
const HURRIED_LETTERS_PER_SECOND = 20;

/** How many words to keep of a sentence that stands there twice, faster than anybody says it; else null. */
function firstOfTwo(plain: readonly string[], speechSeconds: number): number | null {
  const half = plain.length / 2;
  if (!Number.isInteger(half) || half < LEAST_WORDS_TWICE) return null;
  if (plain.join('').length < HURRIED_LETTERS_PER_SECOND * speechSeconds) return null;
  return plain.slice(0, half).every((word, i) => word === plain[half + i]) ? half : null;
}

/**
 * Takes a loop at the end of the text back to its first round, and drops text that is nothing but
 * a loop or drawn-out letters. “Não, não, não” stays: people say things three times. So does a sentence
 * that was said twice, unless nobody could have said it twice in that time.
 */
export const repetition: Filter = {
  name: 'repetition',
  judge({ speechSeconds, text }) {
    const words = text.split(/\s+/);
    const plain = words.map((word) => plainWords(word).join(''));
    if (plain.filter((word) => word !== '').every((word) => DRAWN_OUT.test(word))) return DROP;
    // A loop of an even number of rounds is the same text twice as well: the loop is asked first.
    const loop = trailingLoop(plain);
    const keep = loop?.keep ?? firstOfTwo(plain, speechSeconds);
    const kept = keep === null ? text : words.slice(0, keep).join(' ');
    if (Buffer.byteLength(kept) >= LEAST_BYTES && compressionRatio(kept) > MOST_COMPRESSION) {
      return DROP;
    }
    if (keep === null) return KEEP;
    // Three words said over and over are noise, a sentence that ends in a loop is a sentence.
    return keep <= 3 ? DROP : { action: 'rewrite', text: kept };
  },
};
