import { type Sentence, sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';

/** What the next one to speak begins with; undefined when the doctor goes on, or nobody speaks. */
export function replyTo(utterances: readonly Utterance[], at: number): Sentence | undefined {
  const next = utterances[at + 1];
  return next && next.speaker !== 'MEDICO' ? sentences(next.text)[0] : undefined;
}
