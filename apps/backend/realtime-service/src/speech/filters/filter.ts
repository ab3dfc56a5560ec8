/** A text that an engine gave, with everything known about the sound it came from. */
export interface Candidate {
  readonly text: string;
  readonly avgLogprob: number | null;
  readonly noSpeechProb: number | null;
  readonly degenerate: boolean;
  /** Length of the sound that was decoded. */
  readonly durationSeconds: number;
  /** How much of it holds speech, and how sure the detector was where it does. */
  readonly speechSeconds: number;
  readonly speechProbability: number;
}

export type Verdict =
  | { readonly action: 'keep' }
  | { readonly action: 'rewrite'; readonly text: string }
  | { readonly action: 'drop' };

export const KEEP: Verdict = { action: 'keep' };
export const DROP: Verdict = { action: 'drop' };

/** One reason why a text may be something that nobody said. */
export interface Filter {
  readonly name: string;
  judge(candidate: Candidate): Verdict;
}

/** The words of a text, lower case, without accents and punctuation, for comparisons only. */
export function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}
