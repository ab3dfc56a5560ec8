import type { Phrases } from '../services/text/phrase.ts';

/** How a topic of the anamnesis sounds: in the doctor's questions and in what the patient tells unasked. */
export interface TopicWording {
  /** In a question of the doctor: the topic was asked. */
  asked: Phrases;
  /** Of a topic with many sides: a question that covers all of them at once. */
  settled?: Phrases;
  /** Particulars that settle the topic when the patient brings them up. */
  answered: Phrases;
  /** A bare mention; settles the topic unless it is the very complaint ("febre" when the child has fever). */
  mentioned?: Phrases;
  /** Findings of these topics in the same question make this one void ("alergia a algum remédio?"). */
  yieldsTo?: readonly string[];
}
