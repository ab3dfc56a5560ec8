import type { Frame } from './frame-assembler.ts';
import { type HeardFrame, OpenUtterance } from './open-utterance.ts';
import { type SegmenterSettings, segmenterSettings } from './segmenter-settings.ts';
import type { Utterance } from './utterance.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

export type SegmenterEvent =
  /** Still being said: a good moment for a partial text. */
  | { readonly kind: 'partial-candidate'; readonly utterance: Utterance }
  /** Perhaps over: if no more speech follows, the final will be exactly this utterance. */
  | { readonly kind: 'maybe-end'; readonly utterance: Utterance }
  /** It was not over. */
  | { readonly kind: 'resumed'; readonly index: number }
  | { readonly kind: 'final'; readonly utterance: Utterance }
  /** Too little speech to be an utterance. */
  | { readonly kind: 'discarded'; readonly index: number; readonly startSample: number }
  /** Long silence: what comes later does not depend on what came before this position. */
  | { readonly kind: 'checkpoint'; readonly sample: number };

/** An event with the sound of an utterance, open or ended. */
export type UtteranceHeard = Extract<SegmenterEvent, { readonly utterance: Utterance }>;

/**
 * Turns the frames of one stream, each with its probability of speech, into utterances.
 *
 * A state machine over samples alone: no clock, no arrival times, no chunk sizes. The same sound
 * gives the same utterances, which is what lets a stream be replayed from its log.
 */
export class Segmenter {
  private readonly settings: SegmenterSettings;
  private open: OpenUtterance | null = null;
  private before: HeardFrame[] = [];
  private idleFrames = 0;
  private nextIndex = 0;

  constructor(settings: Partial<SegmenterSettings> = {}) {
    this.settings = segmenterSettings(settings);
  }

  /** Whether somebody is in the middle of an utterance. */
  get isOpen(): boolean {
    return this.open !== null;
  }

  /** Length of the open utterance in frames; 0 when nobody speaks. */
  get openFrames(): number {
    return this.open?.frames.length ?? 0;
  }

  /** The open utterance as it would be if it ended now, or null. */
  openUtterance(): Utterance | null {
    return this.open?.hasSpeech ? this.open.toUtterance() : null;
  }

  push(frame: Frame, probability: number): SegmenterEvent[] {
    const heard = { startSample: frame.startSample, pcm: frame.pcm, probability };
    return this.open === null ? this.whileIdle(heard) : this.whileOpen(this.open, heard);
  }

  /**
   * A frame from before the place where a stream is taken up again: kept for the first utterance, and no
   * part of the silence that is counted, so that the next checkpoint falls where it fell the first time.
   */
  preRoll(frame: Frame): void {
    this.remember({ startSample: frame.startSample, pcm: frame.pcm, probability: 0 });
  }

  /**
   * Another person has taken over inside the open utterance: ends it there, and goes on with the rest.
   * @param sample of the stream
   * @returns nothing where either side holds too little speech
   */
  takeOver(sample: number): SegmenterEvent[] {
    const divided = this.open?.dividedAt(sample) ?? null;
    if (divided === null) return [];
    const { head, rest } = divided;
    this.open = rest;
    this.nextIndex = rest.index + 1;
    const ended: SegmenterEvent = { kind: 'final', utterance: head.toUtterance() };
    return rest.isGuessedOver
      ? [ended, { kind: 'maybe-end', utterance: rest.toUtterance() }]
      : [ended];
  }

  /** Ends what is open, as at the end of a stream. */
  flush(): SegmenterEvent[] {
    return this.open === null ? [] : this.finish(this.open);
  }

  private whileIdle(heard: HeardFrame): SegmenterEvent[] {
    if (heard.probability >= this.settings.startProbability) {
      this.begin([...this.before, heard], heard.startSample, 0);
      this.before = [];
      return [];
    }
    this.remember(heard);
    this.idleFrames += 1;
    if (this.idleFrames < this.settings.checkpointFrames) return [];
    this.idleFrames = 0;
    return [{ kind: 'checkpoint', sample: heard.startSample + VAD_FRAME_SAMPLES }];
  }

  private remember(heard: HeardFrame): void {
    this.before.push(heard);
    if (this.before.length > this.settings.preRollFrames) this.before.shift();
  }

  private whileOpen(open: OpenUtterance, heard: HeardFrame): SegmenterEvent[] {
    const { endFrames, longestFrames, speculateFrames } = this.settings;
    const events: SegmenterEvent[] = [];
    if (open.push(heard)) events.push({ kind: 'resumed', index: open.index });
    if (open.quietFrames >= endFrames) return [...events, ...this.finish(open)];
    if (open.frames.length >= longestFrames) return [...events, ...this.cut(open)];
    if (open.quietFrames === speculateFrames && open.hasSpeech) {
      open.guessOver();
      events.push({ kind: 'maybe-end', utterance: open.toUtterance() });
    } else if (this.wantsPartial(open)) {
      open.framesSincePartial = 0;
      events.push({ kind: 'partial-candidate', utterance: open.toUtterance() });
    }
    return events;
  }

  /** Not in a pause: there the guess that the utterance is over comes soon enough. */
  private wantsPartial(open: OpenUtterance): boolean {
    return (
      open.quietFrames === 0 &&
      open.framesSincePartial >= this.settings.partialFrames &&
      open.hasSpeech
    );
  }

  private begin(frames: HeardFrame[], speechStart: number, overlapSamples: number): OpenUtterance {
    const index = this.nextIndex;
    this.nextIndex += 1;
    this.idleFrames = 0;
    this.open = new OpenUtterance(this.settings, { index, frames, speechStart, overlapSamples });
    return this.open;
  }

  private finish(open: OpenUtterance): SegmenterEvent[] {
    this.open = null;
    this.idleFrames = open.quietFrames;
    this.before = open.frames.slice(-Math.min(this.settings.preRollFrames, open.quietFrames));
    if (open.quietFrames === 0) this.before = [];
    const { hasSpeech, index, startSample } = open;
    if (!hasSpeech) return [{ kind: 'discarded', index, startSample }];
    return [{ kind: 'final', utterance: open.toUtterance() }];
  }

  /** The longest window is full: cut at the quietest moment of its last part, or with an overlap. */
  private cut(open: OpenUtterance): SegmenterEvent[] {
    const at = open.quietestFrame();
    const overlap = at === null ? this.settings.overlapFrames : 0;
    const end = at ?? open.frames.length;
    const rest = open.frames.slice(end - overlap);
    const { index, overlapSamples, speechEnd, speechStart } = open;
    const head = new OpenUtterance(this.settings, {
      index,
      overlapSamples,
      speechStart,
      frames: open.frames.slice(0, end),
    });
    head.speechEnd = Math.min(speechEnd, head.endSample);
    const event: SegmenterEvent = { kind: 'final', utterance: head.toUtterance() };
    const first = rest.find((frame) => frame.probability >= this.settings.endProbability);
    if (first === undefined) {
      this.open = null;
      this.before = rest.slice(-this.settings.preRollFrames);
      this.idleFrames = rest.length;
      return [event];
    }
    const follower = this.begin(rest, first.startSample, overlap * VAD_FRAME_SAMPLES);
    follower.speechEnd = Math.max(speechEnd, first.startSample + VAD_FRAME_SAMPLES);
    follower.quietFrames = open.quietFrames;
    return [event];
  }
}
