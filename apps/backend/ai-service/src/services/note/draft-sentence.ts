import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';

export type NoteSection = 'subjetivo' | 'objetivo' | 'avaliacao' | 'plano';

/** A sentence of a draft before it is checked. */
export interface DraftSentence {
  section: NoteSection;
  text: string;
  /** Utterances that it rests on, in order of time. */
  transcriptionIds: string[];
  /** Topic that decides its place within the section. */
  topic?: AnamnesisTopic;
  /** The chief complaint in the patient's words: stands first. */
  opening?: true;
}
