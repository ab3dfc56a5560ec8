/**
 * The speech ports: what the realtime service asks of a speech-to-text engine, whichever it is.
 * Nothing here knows Whisper, processes, sockets or the database.
 */

/** Mono sound at 16 kHz; integers are 16 bit, floats lie in −1…1. */
export type Pcm = Int16Array | Float32Array;

export interface SpeechCapabilities {
  /** Engines without a score give null instead of a guess. */
  readonly logprobs: boolean;
  readonly noSpeechProbability: boolean;
  readonly segments: boolean;
  /** Whether text said before may be given as context. */
  readonly prompt: boolean;
  /** Longest sound of one request. */
  readonly longestSeconds: number;
  /** Text leaves the machine: masks, consents and costs apply. */
  readonly remote: boolean;
}

export interface TranscriptSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

export interface Transcript {
  readonly text: string;
  readonly segments?: readonly TranscriptSegment[];
  /** Mean natural logarithm of the probability of the tokens. */
  readonly avgLogprob: number | null;
  /** Probability that nobody speaks, by the engine's own judgement. */
  readonly noSpeechProb: number | null;
  /** The engine fell into a loop, or spent its budget of tokens; what is left is not to be trusted. */
  readonly degenerate?: boolean;
  readonly engine: string;
}

export interface TranscribeOptions {
  readonly signal: AbortSignal;
  /** ISO 639-1, `pt` here. */
  readonly language: string;
  readonly prompt?: string;
}

/** One engine, without queue or fairness. Adapters: the decoder pool, Azure OpenAI, any OpenAI-compatible server. */
export interface SpeechToText {
  readonly name: string;
  readonly capabilities: SpeechCapabilities;
  transcribe(pcm: Pcm, options: TranscribeOptions): Promise<Transcript>;
}

/**
 * From what must come to what is pleasant:
 * `final` text of an utterance that has ended; `speculative` the same, begun before the end is
 * certain; `revision` a better text of a whole turn; `partial` text of an utterance still being said;
 * `deferred` text that must come too, of sound that nobody reads along with: of a file, or of a consultation
 * that is over and heard again.
 */
export const JOB_PRIORITIES = ['final', 'speculative', 'revision', 'partial', 'deferred'] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];

export interface SpeechJob {
  readonly pcm: Pcm;
  /** Whose turn it is among rooms. */
  readonly roomId: string;
  /** Asked when a decoder is free, so that a speculation may become a final while it waits. */
  readonly priority: () => JobPriority;
  readonly signal: AbortSignal;
  readonly language: string;
  readonly prompt?: string;
}

export interface SpeechEngineStats {
  readonly engine: string;
  readonly decoders: { readonly total: number; readonly ready: number; readonly busy: number };
  readonly queued: Readonly<Record<JobPriority, number>>;
  /** Sound that waits, in seconds. */
  readonly queuedSeconds: number;
  readonly done: Readonly<Record<JobPriority, number>>;
  readonly shed: Readonly<Record<JobPriority, number>>;
  readonly cancelled: number;
  readonly setAside: number;
  readonly restarts: number;
  /** Seconds of sound decoded, and seconds that took. */
  readonly audioSeconds: number;
  readonly decodeSeconds: number;
  readonly lastError: string | null;
}

/** An engine behind a queue that is fair between rooms. */
export interface SpeechEngine {
  readonly name: string;
  readonly capabilities: SpeechCapabilities;
  start(): Promise<void>;
  stop(): Promise<void>;
  stats(): SpeechEngineStats;
  /** Of several in order, the first: for texts that no other one's may take the place of. */
  readonly first?: SpeechEngine;
  /** Rejects with a {@link SpeechError}. */
  transcribe(job: SpeechJob): Promise<Transcript>;
}

/** Voice activity of one stream. Frames come in order and have `VAD_FRAME_SAMPLES` samples. */
export interface Vad {
  /** Probability that somebody speaks in the frame. */
  probability(frame: Float32Array): Promise<number>;
  /** Forgets what was heard. */
  reset(): void;
}

export type VadFactory = () => Vad;

/** Calls back once after so long, unless the function that it returns is called before. */
export type StartTimer = (milliseconds: number, then: () => void) => () => void;
