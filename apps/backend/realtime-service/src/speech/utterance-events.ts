import type { Candidate } from './filters/filter.ts';
import { samplesToMs, samplesToSeconds } from './pcm.ts';
import type { Transcript } from './ports.ts';
import type { SpeechErrorReason } from './speech-error.ts';
import type { TranscriberEvent, UtteranceEvent } from './transcriber-events.ts';
import type { Utterance } from './utterance.ts';
import { utteranceId } from './utterance-id.ts';

export interface UtteranceEventsOptions {
  /** Names the stream in utterance ids: the same for every replay of the same log. */
  readonly streamKey: string;
  readonly onEvent: (event: TranscriberEvent) => void;
  /** A last touch on every text; `rawText` stays untouched. */
  readonly correct?: (text: string) => string;
  /** A listener threw. */
  readonly onError: (error: unknown) => void;
}

/** Makes one stream's events, and gives them until it is closed. */
export class UtteranceEvents {
  private readonly options: UtteranceEventsOptions;
  private isClosed = false;

  constructor(options: UtteranceEventsOptions) {
    this.options = options;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  close(): void {
    this.isClosed = true;
  }

  emit(event: TranscriberEvent): void {
    if (this.isClosed) return;
    try {
      this.options.onEvent(event);
    } catch (error) {
      this.options.onError(error);
    }
  }

  correct(text: string): string {
    return this.options.correct?.(text) ?? text;
  }

  /** Revision 0 of an utterance's text. */
  text(
    utterance: Utterance,
    transcript: Transcript,
    text: string,
    { isFinal }: { isFinal: boolean },
  ): UtteranceEvent {
    return {
      type: 'utterance',
      ...this.placeOf(utterance),
      revision: 0,
      isFinal,
      text,
      rawText: transcript.text,
      confidence:
        transcript.avgLogprob === null ? null : Math.min(1, Math.exp(transcript.avgLogprob)),
      engine: transcript.engine,
    };
  }

  dropped(
    utterance: Utterance,
    why: { reason: string; rawText: string; hadPartial: boolean },
  ): TranscriberEvent {
    return { type: 'dropped', ...this.placeOf(utterance), ...why };
  }

  failed(utterance: Utterance, reason: SpeechErrorReason): TranscriberEvent {
    return { type: 'failed', ...this.placeOf(utterance), reason };
  }

  idOf(utterance: Utterance): string {
    return utteranceId(this.options.streamKey, utterance.startSample);
  }

  private placeOf(utterance: Utterance) {
    return {
      id: this.idOf(utterance),
      startMs: samplesToMs(utterance.speechStartSample),
      endMs: samplesToMs(utterance.speechEndSample),
    };
  }
}

/** What the filters want to know of a text and its sound. */
export function candidateOf(utterance: Utterance, transcript: Transcript): Candidate {
  return {
    text: transcript.text,
    avgLogprob: transcript.avgLogprob,
    noSpeechProb: transcript.noSpeechProb,
    degenerate: transcript.degenerate ?? false,
    durationSeconds: samplesToSeconds(utterance.pcm.length),
    speechSeconds: utterance.speechSeconds,
    speechProbability: utterance.speechProbability,
  };
}
