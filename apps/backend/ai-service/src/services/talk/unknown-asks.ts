import type { Sentence } from '../text/sentences.ts';

const thirdPerson = new Set(['ele', 'ela', 'eles', 'elas']);
const beginning = 2;

/**
 * Whether a sentence asks when nobody knows who says it. Without a mark "Ela toma …" rather tells of
 * somebody present, as a companion does, than it asks; not so when a yes or no follows.
 * @param answered the next one to speak says yes or no to it
 */
export function unknownAsks({ hasMark, isQuestion, words }: Sentence, answered = false): boolean {
  const tells = !hasMark && words.slice(0, beginning).some((word) => thirdPerson.has(word));
  return isQuestion && (answered || !tells);
}
