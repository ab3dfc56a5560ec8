import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { Phrases, Span } from '../services/text/phrase.ts';
import type { Sentence } from '../services/text/sentences.ts';

/** Whom a complaint or a question is for; what is unknown of the patient excludes nothing. */
export interface Audience {
  minYears?: number;
  maxYears?: number;
  sex?: 'F' | 'M';
}

/** Who may be pregnant, as far as sex and age tell. */
export const fertile: Audience = { sex: 'F', minYears: 11, maxYears: 55 };

/** Whom one asks about tobacco, alcohol, work and sex. */
export const grown: Audience = { minYears: 13 };

/** Whose breathing and feeding tell more than what he says. */
export const child: Audience = { maxYears: 12 };

/** One question that a complaint calls for. */
export interface BankQuestion {
  topic: AnamnesisTopic;
  /** Clinical weight, 1–100: how much the answer changes what is done. */
  weight: number;
  /** Missing a danger is worse than missing a detail: these come first. */
  redFlag?: boolean;
  ask: string;
  why: string;
  /** Passage that it rests on: a section of the complaint's guideline, or `document#section`. */
  cites: string;
  audience?: Audience;
}

/** A reason to come, or a cluster of them, and what to find out about it. */
export interface Complaint {
  id: string;
  label: string;
  /** Guideline summary (document id) that its questions cite. */
  guideline: string;
  /** So general that any more exact complaint beside it is the chief one. */
  vague?: boolean;
  /** How people bring it up. */
  terms: Phrases;
  /** True where one of its terms means something else: "a pressão caiu" is no fall. */
  meansOther?: (sentence: Sentence, span: Span) => boolean;
  /** What a doctor says only to somebody who has it: "de quantas semanas você está?". */
  presumed?: Phrases;
  /** Topics that are the complaint itself: to name them is not yet to have told about them. */
  ownTopics?: readonly AnamnesisTopic[];
  /** Danger signs of this complaint beside those that every complaint has. */
  alarm?: Phrases;
  audience?: Audience;
  questions: readonly BankQuestion[];
}
