import type { SegmenterSettings } from './segmenter-settings.ts';
import type { Utterance } from './utterance.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

export interface HeardFrame {
  readonly startSample: number;
  readonly pcm: Float32Array;
  readonly probability: number;
}

/** A pause in which the utterance was guessed to be over; places are counted in frames of the utterance. */
interface Pause {
  /** After the last frame of speech before it. */
  readonly speechEnd: number;
  /** After the frame with which the guess was made. */
  readonly guessed: number;
  /** The first frame of speech after it; null while it lasts. */
  resumed: number | null;
}

/** What of an utterance would be another person's. */
export interface Divided {
  readonly head: OpenUtterance;
  readonly rest: OpenUtterance;
}

/**
 * People take over in a pause. Where a voice changes is known to a few tenths of a second: a change so
 * close to a pause lies in it.
 */
const PAUSE_MARGIN_FRAMES = 12;

/** An utterance that is still going on: its frames so far, and what they say of its speech. */
export class OpenUtterance {
  readonly index: number;
  readonly overlapSamples: number;
  readonly frames: HeardFrame[];
  /** Samples of the stream. */
  readonly speechStart: number;
  speechEnd: number;
  quietFrames = 0;
  framesSincePartial: number;
  private readonly settings: SegmenterSettings;
  private pauses: Pause[] = [];

  constructor(
    settings: SegmenterSettings,
    begun: {
      readonly index: number;
      readonly frames: HeardFrame[];
      readonly speechStart: number;
      readonly overlapSamples?: number;
    },
  ) {
    this.settings = settings;
    this.index = begun.index;
    this.frames = begun.frames;
    this.speechStart = begun.speechStart;
    this.overlapSamples = begun.overlapSamples ?? 0;
    this.speechEnd = this.endSample;
    this.framesSincePartial = begun.frames.length;
  }

  get startSample(): number {
    return (this.frames[0] as HeardFrame).startSample;
  }

  get endSample(): number {
    return (this.frames.at(-1) as HeardFrame).startSample + VAD_FRAME_SAMPLES;
  }

  get hasSpeech(): boolean {
    return this.speechFrames().length >= this.settings.leastSpeechFrames;
  }

  /** Whether the present pause was taken for the end. */
  get isGuessedOver(): boolean {
    const last = this.pauses.at(-1);
    return last !== undefined && last.resumed === null;
  }

  /** @returns whether it goes on after it was guessed to be over */
  push(heard: HeardFrame): boolean {
    this.frames.push(heard);
    this.framesSincePartial += 1;
    if (heard.probability < this.settings.endProbability) {
      this.quietFrames += 1;
      return false;
    }
    this.speechEnd = this.endSample;
    this.quietFrames = 0;
    if (!this.isGuessedOver) return false;
    (this.pauses.at(-1) as Pause).resumed = this.frames.length - 1;
    return true;
  }

  guessOver(): void {
    const guessed = this.frames.length;
    this.pauses.push({ speechEnd: guessed - this.quietFrames, guessed, resumed: null });
  }

  /**
   * Both sides of a place where another voice begins, or null where either holds too little speech.
   * Where that is a pause in which the utterance was guessed to be over, the first side is what was
   * guessed, and the other begins with as much of the quiet before it as any utterance does.
   */
  dividedAt(sample: number): Divided | null {
    const frame = Math.round((sample - this.startSample) / VAD_FRAME_SAMPLES);
    const pause = this.pauses.find(
      ({ resumed, speechEnd }) =>
        resumed !== null &&
        frame >= speechEnd - PAUSE_MARGIN_FRAMES &&
        frame <= resumed + PAUSE_MARGIN_FRAMES,
    );
    const end = pause?.guessed ?? frame;
    const next = pause?.resumed ?? this.frames.findIndex((f, i) => i >= end && this.continues(f));
    if (end <= 0 || next < 0 || next >= this.frames.length) return null;
    const from = pause ? Math.max(pause.speechEnd, next - this.settings.preRollFrames) : end;
    // The sound around a cut is in the utterance before as well: a rest that began in it would say it again.
    if (from * VAD_FRAME_SAMPLES < this.overlapSamples) return null;
    const head = new OpenUtterance(this.settings, {
      index: this.index,
      frames: this.frames.slice(0, end),
      speechStart: this.speechStart,
      overlapSamples: this.overlapSamples,
    });
    const last = head.frames.findLast((heard) => this.continues(heard));
    head.speechEnd = (last?.startSample ?? head.startSample) + VAD_FRAME_SAMPLES;
    const rest = new OpenUtterance(this.settings, {
      index: this.index + 1,
      frames: this.frames.slice(from),
      speechStart: (this.frames[next] as HeardFrame).startSample,
    });
    rest.speechEnd = this.speechEnd;
    rest.quietFrames = this.quietFrames;
    rest.pauses = this.pauses.flatMap(({ guessed, resumed, speechEnd }) =>
      speechEnd <= next
        ? []
        : {
            speechEnd: speechEnd - from,
            guessed: guessed - from,
            resumed: resumed === null ? null : resumed - from,
          },
    );
    return head.hasSpeech && rest.hasSpeech ? { head, rest } : null;
  }

  /** Its sound up to a little after the last speech. */
  toUtterance(): Utterance {
    const { frames, speechEnd, speechStart, startSample } = this;
    const postRoll = this.settings.postRollFrames * VAD_FRAME_SAMPLES;
    const endSample = Math.min(this.endSample, speechEnd + postRoll);
    const pcm = new Float32Array(endSample - startSample);
    for (const frame of frames) {
      const offset = frame.startSample - startSample;
      if (offset < pcm.length) pcm.set(frame.pcm, offset);
    }
    const speech = this.speechFrames();
    const total = speech.reduce((sum, frame) => sum + frame.probability, 0);
    return {
      index: this.index,
      startSample,
      endSample,
      speechStartSample: speechStart,
      speechEndSample: speechEnd,
      pcm,
      speechSeconds: (speech.length * VAD_FRAME_SAMPLES) / 16_000,
      speechProbability: total / Math.max(1, speech.length),
      overlapSamples: this.overlapSamples,
      probabilities: Float32Array.from(
        frames.slice(0, Math.ceil(pcm.length / VAD_FRAME_SAMPLES)),
        (frame) => frame.probability,
      ),
    };
  }

  /** Index after the middle of the best pause of its last part to cut in, or null when there is none. */
  quietestFrame(): number | null {
    const { cutPauseFrames, cutSearchFrames, endProbability } = this.settings;
    let best: { at: number; probability: number } | null = null;
    const from = this.frames.length - cutSearchFrames;
    for (let at = from; at + cutPauseFrames <= this.frames.length; at += 1) {
      const pause = this.frames.slice(at, at + cutPauseFrames);
      const loudest = Math.max(...pause.map((frame) => frame.probability));
      if (loudest < endProbability && (best === null || loudest <= best.probability)) {
        best = { at: at + Math.ceil(cutPauseFrames / 2), probability: loudest };
      }
    }
    return best?.at ?? null;
  }

  private continues({ probability }: HeardFrame): boolean {
    return probability >= this.settings.endProbability;
  }

  private speechFrames(): HeardFrame[] {
    return this.frames.filter((frame) => frame.probability >= this.settings.startProbability);
  }
}
