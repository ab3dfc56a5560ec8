import { DROP, type Filter, KEEP, plainWords } from './filter.ts';

/**
 * The fastest speakers of Portuguese reach about 8 syllables, 25 letters a second. Twice that,
 * plus a little for short words whose edges the detector missed, is nobody.
 */
const MOST_LETTERS_PER_SECOND = 40;
const SPARE_LETTERS = 14;

/** Drops text that could not have been said in so little speech. */
export const lengthGuard: Filter = {
  name: 'length-guard',
  judge({ text, speechSeconds }) {
    const letters = plainWords(text).join('').length;
    return letters > SPARE_LETTERS + MOST_LETTERS_PER_SECOND * speechSeconds ? DROP : KEEP;
  },
};
