import { SAMPLES_PER_SECOND } from './pcm.ts';
import type { Utterance } from './utterance.ts';

/** Utterances of one speaker with only breaths between them. */
export interface Turn {
  readonly utterances: readonly Utterance[];
  readonly startSample: number;
  readonly endSample: number;
}

export interface TurnSettings {
  /** A longer silence ends the turn. */
  readonly longestPauseSeconds: number;
  /** One decode must hold the whole turn. */
  readonly longestSeconds: number;
}

export const DEFAULT_TURN_SETTINGS: TurnSettings = {
  longestPauseSeconds: 1.5,
  longestSeconds: 27,
};

/**
 * Joins utterances into turns. A sentence cut at a breath loses words on both sides of the cut;
 * decoded as a whole it does not. Like the segmenter it knows samples only.
 */
export class TurnTracker {
  private readonly settings: TurnSettings;
  private utterances: Utterance[] = [];

  constructor(settings: TurnSettings = DEFAULT_TURN_SETTINGS) {
    this.settings = settings;
  }

  /** Where the turn that is still open begins, or null. */
  get openSince(): number | null {
    return this.utterances[0]?.startSample ?? null;
  }

  /** The last utterance of the turn that is still open, or null. */
  get last(): Utterance | null {
    return this.utterances.at(-1) ?? null;
  }

  /** Adds an utterance; gives the turn that it ends, when it does not belong to it. */
  add(utterance: Utterance): Turn | null {
    const first = this.utterances[0];
    const last = this.utterances.at(-1);
    let ended: Turn | null = null;
    if (first !== undefined && last !== undefined) {
      const pause = utterance.speechStartSample - last.speechEndSample;
      const length = utterance.endSample - first.startSample;
      if (
        pause > this.settings.longestPauseSeconds * SAMPLES_PER_SECOND ||
        length > this.settings.longestSeconds * SAMPLES_PER_SECOND
      ) {
        ended = this.end();
      }
    }
    this.utterances.push(utterance);
    return ended;
  }

  /** Tells that nobody has spoken since the last utterance up to a position. */
  silentUntil(sample: number): Turn | null {
    const last = this.utterances.at(-1);
    if (last === undefined) return null;
    const pause = sample - last.speechEndSample;
    return pause > this.settings.longestPauseSeconds * SAMPLES_PER_SECOND ? this.end() : null;
  }

  end(): Turn | null {
    const first = this.utterances[0];
    const last = this.utterances.at(-1);
    if (first === undefined || last === undefined) return null;
    const turn = {
      utterances: this.utterances,
      startSample: first.startSample,
      endSample: last.endSample,
    };
    this.utterances = [];
    return turn;
  }
}
