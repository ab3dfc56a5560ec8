import type { Frame } from './frame-assembler.ts';
import { type SegmenterSettings, segmenterSettings } from './segmenter-settings.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

/** A stretch of speech with a little quiet around it. Positions are samples of the stream. */
export interface Utterance {
  /** Counted from 0 within one run of the segmenter; not stable over a restart. */
  readonly index: number;
  readonly startSample: number;
  readonly endSample: number;
  /** Where the speech itself begins and ends, without the quiet around it. */
  readonly speechStartSample: number;
  readonly speechEndSample: number;
  readonly pcm: Float32Array;
  /** Seconds of frames that hold speech. */
  readonly speechSeconds: number;
  /** Mean probability of speech over the frames that hold speech. */
  readonly speechProbability: number;
  /** Samples at the start that the utterance before holds too, after a cut without a pause. */
  readonly overlapSamples: number;
  /** Probability of speech in each frame from `startSample` on. */
  readonly probabilities: Float32Array;
  /** Stretches that were somebody else's voice and are silent now. */
  readonly silenced?: readonly { readonly from: number; readonly to: number }[];
}

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

interface HeardFrame {
  readonly startSample: number;
  readonly pcm: Float32Array;
  readonly probability: number;
}

interface OpenUtterance {
  readonly index: number;
  readonly overlapSamples: number;
  frames: HeardFrame[];
  speechStart: number;
  speechEnd: number;
  quietFrames: number;
  framesSincePartial: number;
  speculated: boolean;
}

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
    open.frames.push(heard);
    open.framesSincePartial += 1;
    const events: SegmenterEvent[] = [];
    if (heard.probability >= this.settings.endProbability) {
      open.speechEnd = heard.startSample + VAD_FRAME_SAMPLES;
      open.quietFrames = 0;
      if (open.speculated) {
        open.speculated = false;
        events.push({ kind: 'resumed', index: open.index });
      }
    } else {
      open.quietFrames += 1;
    }
    if (open.quietFrames >= this.settings.endFrames) return [...events, ...this.finish(open)];
    if (open.frames.length >= this.settings.longestFrames) return [...events, ...this.cut(open)];
    if (open.quietFrames === this.settings.speculateFrames && this.hasSpeech(open)) {
      open.speculated = true;
      events.push({ kind: 'maybe-end', utterance: this.utteranceOf(open) });
    } else if (this.wantsPartial(open)) {
      open.framesSincePartial = 0;
      events.push({ kind: 'partial-candidate', utterance: this.utteranceOf(open) });
    }
    return events;
  }

  /** Not in a pause: there the guess that the utterance is over comes soon enough. */
  private wantsPartial(open: OpenUtterance): boolean {
    return (
      open.quietFrames === 0 &&
      open.framesSincePartial >= this.settings.partialFrames &&
      this.hasSpeech(open)
    );
  }

  private begin(frames: HeardFrame[], speechStart: number, overlapSamples: number): void {
    const last = frames.at(-1) as HeardFrame;
    this.open = {
      index: this.nextIndex,
      overlapSamples,
      frames,
      speechStart,
      speechEnd: last.startSample + VAD_FRAME_SAMPLES,
      quietFrames: 0,
      framesSincePartial: frames.length,
      speculated: false,
    };
    this.nextIndex += 1;
    this.idleFrames = 0;
  }

  private finish(open: OpenUtterance): SegmenterEvent[] {
    this.open = null;
    this.idleFrames = open.quietFrames;
    this.before = open.frames.slice(-Math.min(this.settings.preRollFrames, open.quietFrames));
    if (open.quietFrames === 0) this.before = [];
    if (!this.hasSpeech(open)) {
      return [
        {
          kind: 'discarded',
          index: open.index,
          startSample: (open.frames[0] as HeardFrame).startSample,
        },
      ];
    }
    return [{ kind: 'final', utterance: this.utteranceOf(open) }];
  }

  /** The longest window is full: cut at the quietest moment of its last part, or with an overlap. */
  private cut(open: OpenUtterance): SegmenterEvent[] {
    const at = this.quietestFrame(open);
    const overlap = at === null ? this.settings.overlapFrames : 0;
    const end = at ?? open.frames.length;
    const rest = open.frames.slice(end - overlap);
    const head: OpenUtterance = { ...open, frames: open.frames.slice(0, end) };
    head.speechEnd = Math.min(open.speechEnd, this.endOf(head));
    const event: SegmenterEvent = { kind: 'final', utterance: this.utteranceOf(head) };
    const first = rest.find((frame) => frame.probability >= this.settings.endProbability);
    if (first === undefined) {
      this.open = null;
      this.before = rest.slice(-this.settings.preRollFrames);
      this.idleFrames = rest.length;
      return [event];
    }
    this.begin(rest, first.startSample, overlap * VAD_FRAME_SAMPLES);
    const follower = this.open as OpenUtterance;
    follower.speechEnd = Math.max(open.speechEnd, first.startSample + VAD_FRAME_SAMPLES);
    follower.quietFrames = open.quietFrames;
    return [event];
  }

  /** Index after the middle of the best pause to cut in, or null when there is none. */
  private quietestFrame(open: OpenUtterance): number | null {
    const { cutSearchFrames, cutPauseFrames, endProbability } = this.settings;
    let best: { at: number; probability: number } | null = null;
    const from = open.frames.length - cutSearchFrames;
    for (let at = from; at + cutPauseFrames <= open.frames.length; at += 1) {
      const pause = open.frames.slice(at, at + cutPauseFrames);
      const loudest = Math.max(...pause.map((frame) => frame.probability));
      if (loudest < endProbability && (best === null || loudest <= best.probability)) {
        best = { at: at + Math.ceil(cutPauseFrames / 2), probability: loudest };
      }
    }
    return best?.at ?? null;
  }

  private speechFrames(open: OpenUtterance): HeardFrame[] {
    return open.frames.filter((frame) => frame.probability >= this.settings.startProbability);
  }

  private hasSpeech(open: OpenUtterance): boolean {
    return this.speechFrames(open).length >= this.settings.leastSpeechFrames;
  }

  private endOf(open: OpenUtterance): number {
    return (open.frames.at(-1) as HeardFrame).startSample + VAD_FRAME_SAMPLES;
  }

  private utteranceOf(open: OpenUtterance): Utterance {
    const startSample = (open.frames[0] as HeardFrame).startSample;
    const postRoll = this.settings.postRollFrames * VAD_FRAME_SAMPLES;
    const endSample = Math.min(this.endOf(open), open.speechEnd + postRoll);
    const pcm = new Float32Array(endSample - startSample);
    for (const frame of open.frames) {
      const offset = frame.startSample - startSample;
      if (offset < pcm.length) pcm.set(frame.pcm, offset);
    }
    const speech = this.speechFrames(open);
    const total = speech.reduce((sum, frame) => sum + frame.probability, 0);
    return {
      index: open.index,
      startSample,
      endSample,
      speechStartSample: open.speechStart,
      speechEndSample: open.speechEnd,
      pcm,
      speechSeconds: (speech.length * VAD_FRAME_SAMPLES) / 16_000,
      speechProbability: total / Math.max(1, speech.length),
      overlapSamples: open.overlapSamples,
      probabilities: Float32Array.from(
        open.frames.slice(0, Math.ceil(pcm.length / VAD_FRAME_SAMPLES)),
        (frame) => frame.probability,
      ),
    };
  }
}
