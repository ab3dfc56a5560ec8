import type { Pcm, SpeechEngine, StartTimer, VadFactory } from './ports.ts';
import type { SegmenterSettings } from './segmenter-settings.ts';
import type { SharedMicrophone } from './shared-microphone.ts';
import type { EchoRemover, OnAidFailed } from './steady-aids.ts';
import type { TranscriberEvent } from './transcriber-events.ts';

export interface TranscriberOptions {
  /** Names the stream in utterance ids: the same for every replay of the same log. */
  readonly streamKey: string;
  readonly roomId: string;
  readonly engine: SpeechEngine;
  readonly vadFactory: VadFactory;
  readonly onEvent: (event: TranscriberEvent) => void;
  readonly language?: string;
  /**
   * Where to take a stream up again: a `checkpoint` of an earlier transcriber. Feed it from
   * `PRE_ROLL_SAMPLES` before (or from any earlier place); nothing before it is transcribed.
   */
  readonly startSample?: number;
  /** Nobody reads along: no partials, no guesses, and everybody who does read along goes first. */
  readonly deferred?: boolean;
  readonly partials?: boolean;
  readonly revisions?: boolean;
  /** A last touch on every text, such as a medical vocabulary; `rawText` stays untouched. */
  readonly correct?: (text: string) => string;
  /** Set where several people speak into this stream: utterances end where the voice changes. */
  readonly sharedMicrophone?: SharedMicrophone;
  readonly segmenter?: Partial<SegmenterSettings>;
  /** Keeps the other people's voices out, when this microphone hears a loudspeaker. */
  readonly echo?: EchoRemover | undefined;
  readonly retryDelayMs?: number;
  /** The clock of those who read along; the system's where it is not set. */
  readonly startTimer?: StartTimer;
  readonly longestRevisionMs?: number;
  /** A defect: the detector or a listener threw. The stream goes on with the next frame. */
  readonly onError: (error: unknown) => void;
  /** A defect in what makes a text better; the text is given without it. `onError` where it is not set. */
  readonly onAidFailed?: OnAidFailed;
}

export interface Transcriber {
  /** Takes sound in; returns at once. Positions are samples of the stream, 16,000 a second. */
  feed(pcm: Pcm, positionSamples: number): void;
  /** Nothing was and will be heard between two positions. */
  gap(fromSample: number, toSample: number): void;
  /** Resolves when all that was fed has been cut into utterances; texts may still be on their way. */
  segmented(): Promise<void>;
  /** Resolves when the text is no farther behind the sound that was fed than this, or all is over. */
  caughtUp(seconds: number): Promise<void>;
  /** Ends the open utterance and resolves when every text, revisions included, has been given. */
  drain(): Promise<void>;
  /** Stops at once; no event comes after it. */
  close(): void;
  /** How far the text is behind the sound that was fed. */
  readonly backlogSeconds: number;
  /** Every event of the sound before this position has been given, and none depends on it. */
  readonly checkpoint: number;
}
