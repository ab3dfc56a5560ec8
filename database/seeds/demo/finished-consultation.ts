import type { AnamnesisTopic } from '@medcall/shared-types';

/** Utterances are named by their place in the list, from 0. */
export interface FinishedConsultation {
  /** Key in the agenda. */
  readonly key: string;
  readonly utterances: readonly DemoUtterance[];
  readonly suggestions: readonly DemoSuggestion[];
  readonly covered: Partial<Record<AnamnesisTopic, number>>;
  readonly open: readonly AnamnesisTopic[];
  readonly note: DemoNote;
}

/** Who speaks (M doctor, P patient), start and end in seconds of the consultation, what is said. */
export type DemoUtterance = readonly ['M' | 'P', number, number, string];

export interface DemoSuggestion {
  readonly topic: AnamnesisTopic;
  readonly question: string;
  readonly rationale: string;
  readonly redFlag?: boolean;
  readonly status: 'shown' | 'used' | 'dismissed';
  /** The utterance that brought it up. */
  readonly trigger: number;
  /** File in database/seeds/guidelines and the anchor of the section that it rests on. */
  readonly guideline: string;
  readonly section: string;
  /** Words of that section. */
  readonly excerpt: string;
}

/** A sentence with the utterances behind it; none means that the doctor wrote it. */
export type DemoSentence = readonly [text: string, ...utterances: number[]];

export interface DemoNote {
  readonly subjetivo: readonly DemoSentence[];
  readonly objetivo: readonly DemoSentence[];
  readonly avaliacao: readonly DemoSentence[];
  readonly plano: readonly DemoSentence[];
  readonly cid10: readonly { readonly code: string; readonly label: string }[];
  readonly ciap2: readonly { readonly code: string; readonly label: string }[];
}
