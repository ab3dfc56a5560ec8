import { words } from '../text/fold.ts';
import { sentences, splitSentences } from '../text/sentences.ts';
import { stem } from '../text/stem.ts';
import type { Utterance } from '../utterance.ts';

const meaningfulLength = 4;
/** Words of this length that carry nothing of what is asked. */
const empty = new Set(
  words(`
    senhor senhora voce voces este esta esse essa isso nesse nessa nesses nessas neste nestes dele dela seus suas
    teve tinha tido esta estava estao anda algum alguma alguns algumas outro outra outros outras para pelo pela
    mais muito muita tambem ainda agora dias ultimos ultimas
  `).map(stem),
);
const leastWords = 2;
/** Short or common, and yet another question with its opposite. */
const contrasting = new Set(words('mais menos sem'));

/** Questions that the doctor has put so far, each sentence by itself. */
export function questionsAsked(utterances: readonly Utterance[]): string[] {
  return utterances
    .filter(({ speaker }) => speaker === 'MEDICO')
    .flatMap(({ text }) => splitSentences(text))
    .filter((part) => sentences(part)[0]?.isQuestion);
}

/**
 * How much of what a question says an earlier one has said already, from 0 to 1 (the same in other words
 * around it). Topics alone do not tell: a question put before may come back under the name of another.
 */
export function sharedWithEarlier(question: string, earlier: readonly string[]): number {
  const own = telling(question);
  if (own.size < leastWords) return 0;
  const sharedWith = (one: string) => {
    const said = telling(one);
    return [...own].filter((root) => said.has(root)).length / own.size;
  };
  // What is said in two sentences of one turn is not one question; an offer of two is compared whole.
  const whole = splitSentences(question).length > 1 ? earlier : [];
  return Math.max(0, ...[...whole, ...earlier.flatMap(splitSentences)].map(sharedWith));
}

/** True unless the two ask about different figures: above 39 is not above 37. */
export function sameFigures(one: string, other: string): boolean {
  const figures = (text: string) => [...new Set(words(text).filter(isFigure))].sort().join(' ');
  return figures(one) === figures(other);
}

const isFigure = (word: string) => /\d/.test(word);

function telling(question: string): Set<string> {
  const said = words(question);
  return new Set([
    ...said
      .filter((word) => word.length >= meaningfulLength)
      .map(stem)
      .filter((root) => !empty.has(root)),
    ...said.filter((word) => isFigure(word) || contrasting.has(word)),
  ]);
}
