import type { SpeechErrorReason } from './speech-error.ts';

interface UtterancePlace {
  readonly id: string;
  /** Where the speech lies in the stream, in milliseconds from its sample 0. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A text, partial or final. */
export interface UtteranceEvent extends UtterancePlace {
  readonly type: 'utterance';
  /** 0 for partials and the first final; a better final has a higher one. */
  readonly revision: number;
  readonly isFinal: boolean;
  readonly text: string;
  /** As the engine wrote it. */
  readonly rawText: string;
  /** 0–1, or null when the engine gives no score. */
  readonly confidence: number | null;
  readonly engine: string;
  /** Utterances whose place this one takes, when a turn was decoded as a whole. */
  readonly replaces?: readonly string[];
}

/** Nobody said what the engine wrote: no row, and a partial that was shown is taken back. */
export interface DroppedEvent extends UtterancePlace {
  readonly type: 'dropped';
  /** The filter that dropped it, or `empty`. */
  readonly reason: string;
  readonly rawText: string;
  readonly hadPartial: boolean;
}

/** The engine cannot decode this sound; the audio is still in the log. */
export interface FailedEvent extends UtterancePlace {
  readonly type: 'failed';
  readonly reason: SpeechErrorReason;
}

export type TranscriberEvent = UtteranceEvent | DroppedEvent | FailedEvent;
