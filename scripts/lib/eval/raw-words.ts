import { alignWords, type WordErrors } from '@medcall/utils/eval/word-errors';

/** Words without case, accents and punctuation, and nothing else done to them: figures stay figures. */
export function foldText(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}

/** Word errors by spelling: “50 mg” for “cinquenta miligramas” is three errors. */
export function countRawErrors(reference: string, hypothesis: string): WordErrors {
  const said = foldText(reference);
  const steps = alignWords(said, foldText(hypothesis));
  const count = (kind: string) => steps.filter((step) => step.kind === kind).length;
  return {
    words: said.length,
    substitutions: count('substitution'),
    deletions: count('deletion'),
    insertions: count('insertion'),
  };
}
