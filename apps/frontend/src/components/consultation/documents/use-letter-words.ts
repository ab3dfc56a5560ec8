'use client';
import { useKeptWords } from '#components/shared/use-kept-words.ts';

export interface LetterWords {
  /** What is being typed; null where nothing waits to be stored. */
  readonly words: string | null;
  readonly write: (words: string) => void;
  /** The words were stored, or are given up. */
  readonly clear: () => void;
  /** Another letter was stored since these words were begun: which one stands is the doctor's to say. */
  readonly outdated: boolean;
  /** These words stand over the letter that is stored now. */
  readonly insist: () => void;
}

/**
 * The words of a letter that are not stored yet, with the version that they were typed over: a text that lay
 * in a forgotten tab must not take the place of a newer one without a question.
 *
 * @param version of the letter that is stored; 0 where there is none
 */
export function useLetterWords(consultationId: string, version: number): LetterWords {
  const [words, setWords] = useKeptWords(`carta.${consultationId}`);
  const [over, setOver] = useKeptWords(`carta.${consultationId}.versao`);
  const now = String(version);
  return {
    words,
    write(next) {
      if (words === null) setOver(now);
      setWords(next);
    },
    clear() {
      setWords(null);
      setOver(null);
    },
    outdated: words !== null && over !== now,
    insist: () => setOver(now),
  };
}
