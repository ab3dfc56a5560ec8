import { pass } from '../failpoints.ts';
import { FinalTexts, type GivenText } from './final-texts.ts';
import { type Frame, FrameAssembler } from './frame-assembler.ts';
import { LiveDecodes } from './live-decodes.ts';
import { OpenTexts, type PartDecode } from './open-texts.ts';
import { samplesToSeconds } from './pcm.ts';
import type { Pcm, SpeechEngine, StartTimer, VadFactory } from './ports.ts';
import { RecentAudio } from './recent-audio.ts';
import {
  Segmenter,
  type SegmenterEvent,
  type Utterance,
  type UtteranceHeard,
} from './segmenter.ts';
import { type SegmenterSettings, segmenterSettings } from './segmenter-settings.ts';
import { Settlement } from './settlement.ts';
import type { SharedMicrophone } from './shared-microphone.ts';
import { SpeechDetector } from './speech-detector.ts';
import {
  type EchoRemover,
  type OnAidFailed,
  steadyCorrection,
  steadyEcho,
  steadyMicrophone,
} from './steady-aids.ts';
import type { TranscriberEvent } from './transcriber-events.ts';
import { hearsAgain, LONGEST_REVISION_MS, TurnTexts } from './turn-texts.ts';
import { type Turn, TurnTracker } from './turn-tracker.ts';
import { UtteranceEvents } from './utterance-events.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

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

/** How much sound before a checkpoint a resumed transcriber wants to hear. */
export const PRE_ROLL_SAMPLES = segmenterSettings({}).preRollFrames * VAD_FRAME_SAMPLES;

/** A stream that is farther behind is being caught up with: nobody reads along. */
const LIVE_SECONDS = 3;

const systemTimer: StartTimer = (milliseconds, then) => {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
};

/** The way of one stream from sound to text. */
export function createTranscriber(options: TranscriberOptions): Transcriber {
  return new StreamTranscriber(options);
}

/** Sound in order, utterances out; what becomes of each text is decided in `*-texts.ts`. */
class StreamTranscriber implements Transcriber {
  private readonly options: TranscriberOptions;
  private readonly microphone: SharedMicrophone | undefined;
  private readonly echo: EchoRemover | undefined;
  private readonly startSample: number;
  private readonly events: UtteranceEvents;
  private readonly decodes: LiveDecodes;
  private readonly openTexts: OpenTexts;
  private readonly finalTexts: FinalTexts;
  private readonly turnTexts: TurnTexts;
  private readonly detector: SpeechDetector;
  private readonly frames: FrameAssembler;
  private readonly segmenter: Segmenter;
  private readonly turns = new TurnTracker();
  private readonly recent = new RecentAudio();
  private readonly settlement: Settlement;
  private line: Promise<void> = Promise.resolve();
  private fedUntil: number;
  /** What became of each utterance of the open turn, by its first sample. */
  private readonly given = new Map<number, Promise<GivenText | null>>();
  private lastGiven: Promise<GivenText | null> | undefined;

  constructor(options: TranscriberOptions) {
    const startSample = options.startSample ?? 0;
    const onAidFailed: OnAidFailed =
      options.onAidFailed ?? ((_aid, error) => options.onError(error));
    const { correct, echo, sharedMicrophone } = options;
    this.options = options;
    this.microphone = sharedMicrophone && steadyMicrophone(sharedMicrophone, onAidFailed);
    this.echo = echo && steadyEcho(echo, onAidFailed);
    this.startSample = startSample;
    this.fedUntil = startSample;
    this.frames = new FrameAssembler(Math.max(0, startSample - PRE_ROLL_SAMPLES));
    this.segmenter = new Segmenter(options.segmenter);
    this.settlement = new Settlement(startSample, options.onError);
    this.detector = new SpeechDetector(options.vadFactory());
    this.events = new UtteranceEvents({
      ...options,
      ...(correct ? { correct: steadyCorrection(correct, onAidFailed) } : {}),
    });
    this.decodes = new LiveDecodes({
      engine: options.engine,
      roomId: options.roomId,
      language: options.language ?? 'pt',
      retryDelayMs: options.retryDelayMs ?? 1_000,
    });
    this.openTexts = new OpenTexts(this.decodes, this.events, {
      partials: options.partials !== false,
    });
    this.finalTexts = new FinalTexts(this.decodes, this.events);
    this.turnTexts = new TurnTexts(this.decodes, this.events, options.engine.capabilities, {
      startTimer: options.startTimer ?? systemTimer,
      longestMs: options.longestRevisionMs ?? LONGEST_REVISION_MS,
    });
  }

  get backlogSeconds(): number {
    const oldest = this.settlement.oldestEnd ?? this.frames.position;
    return Math.max(0, samplesToSeconds(this.fedUntil - oldest));
  }

  get checkpoint(): number {
    return this.settlement.checkpoint;
  }

  feed(pcm: Pcm, positionSamples: number): void {
    if (this.events.closed) return;
    this.fedUntil = Math.max(this.fedUntil, positionSamples + pcm.length);
    this.enqueue(() => this.frames.feed(pcm, positionSamples));
  }

  gap(_fromSample: number, toSample: number): void {
    if (this.events.closed) return;
    this.fedUntil = Math.max(this.fedUntil, toSample);
    this.enqueue(() => this.frames.skipTo(toSample));
  }

  segmented(): Promise<void> {
    return this.line;
  }

  async caughtUp(seconds: number): Promise<void> {
    await this.line;
    while (!this.events.closed && this.settlement.oldestEnd !== null) {
      if (this.backlogSeconds <= seconds) return;
      await this.settlement.whenSomeSettled();
    }
  }

  async drain(): Promise<void> {
    this.enqueue(() => this.frames.flush());
    this.line = this.line.then(() => this.endAll()).catch(this.options.onError);
    await this.line;
    await this.settlement.whenSettled();
  }

  close(): void {
    this.events.close();
    this.decodes.cancelAll();
    this.settlement.abandon();
  }

  private enqueue(frames: () => Iterable<Frame>): void {
    this.line = this.line.then(async () => {
      for (const frame of frames()) {
        if (this.events.closed) return;
        try {
          await this.onFrame(frame);
        } catch (error) {
          // Of one frame: what was said after it in the same chunk is heard.
          this.options.onError(error);
        }
      }
    });
  }

  private async endAll(): Promise<void> {
    for (const event of this.segmenter.flush()) await this.onSegment(event);
    this.endTurn(this.turns.end());
  }

  private async onFrame(frame: Frame): Promise<void> {
    this.recent.push(frame);
    if (frame.startSample < this.startSample) {
      this.segmenter.preRoll(frame);
      return;
    }
    const probability = await this.detector.probability(frame);
    if (this.events.closed) return;
    for (const event of this.segmenter.push(frame, probability)) await this.onSegment(event);
    if (this.segmenter.isOpen) {
      pass('utterance-open');
      return;
    }
    this.echo?.passed(frame.startSample);
    this.endTurn(this.turns.silentUntil(frame.startSample + VAD_FRAME_SAMPLES));
    this.recent.dropBefore(this.turns.openSince ?? frame.startSample - PRE_ROLL_SAMPLES);
  }

  private async onSegment(event: SegmenterEvent): Promise<void> {
    if (this.events.closed) return;
    switch (event.kind) {
      case 'partial-candidate':
      case 'maybe-end':
      case 'final':
        await this.onUtterance(event);
        return;
      case 'resumed':
        this.openTexts.dropGuess();
        return;
      case 'discarded':
        this.openTexts.drop();
        return;
      case 'checkpoint':
        this.detector.reset();
        this.settlement.mark(event.sample);
        return;
      default:
        event satisfies never;
    }
  }

  private async onUtterance(event: UtteranceHeard): Promise<void> {
    const own = await this.withoutOthers(event);
    if (this.events.closed) return;
    switch (event.kind) {
      case 'partial-candidate':
        if (own !== null) await this.decodePartial(own);
        return;
      case 'maybe-end':
        if (own === null) this.openTexts.drop();
        else await this.speculate(own);
        return;
      case 'final':
        if (own === null) this.dropEcho(event.utterance);
        else await this.onFinal(own);
        return;
      default:
        event satisfies never;
    }
  }

  /** The utterance without what came out of a loudspeaker; null when nothing is left. */
  private async withoutOthers(event: UtteranceHeard): Promise<Utterance | null> {
    return this.echo === undefined ? event.utterance : this.echo.clean(event);
  }

  private async partsOf(utterance: Utterance): Promise<readonly Utterance[]> {
    return this.microphone?.partsOf(utterance) ?? [utterance];
  }

  private async decodePartial(utterance: Utterance): Promise<void> {
    await this.microphone?.overhears(this.events.idOf(utterance), utterance);
    if (!this.events.closed) this.openTexts.decodePartial(utterance);
  }

  private async speculate(utterance: Utterance): Promise<void> {
    const parts = await this.partsOf(utterance);
    await this.microphone?.overhears(this.events.idOf(utterance), utterance);
    if (!this.events.closed) this.openTexts.speculate(utterance, parts);
  }

  private async onFinal(utterance: Utterance): Promise<void> {
    this.recent.silence(utterance.silenced ?? []);
    const parts = this.openTexts.finish(utterance) ?? this.decoding(await this.partsOf(utterance));
    for (const one of parts) {
      if (this.events.closed) return;
      await this.microphone?.heard(this.events.idOf(one.part), one.part);
      this.giveFinal(one);
    }
  }

  private decoding(parts: readonly Utterance[]): PartDecode[] {
    if (this.events.closed) return [];
    return parts.map((part) => ({ part, decode: this.decodes.start(part.pcm, 'final') }));
  }

  private giveFinal({ decode, part }: PartDecode): void {
    const { last } = this.turns;
    if (last !== null && !this.oneSpeaker([last, part])) this.endTurn(this.turns.end());
    this.endTurn(this.turns.add(part));
    const given = this.finalTexts.give({
      utterance: part,
      decode,
      before: part.overlapSamples > 0 ? this.lastGiven : undefined,
      wasShown: () => this.openTexts.wasShown(part),
    });
    this.lastGiven = given;
    this.given.set(part.startSample, given);
    this.settlement.expect(part.startSample, part.endSample, given);
  }

  private oneSpeaker(parts: readonly Utterance[]): boolean {
    const ids = parts.map((part) => this.events.idOf(part));
    return this.microphone?.sameSpeaker(ids) ?? true;
  }

  /** All of it was somebody else's voice out of a loudspeaker. */
  private dropEcho(utterance: Utterance): void {
    this.openTexts.drop();
    this.recent.silence([{ from: utterance.startSample, to: utterance.endSample }]);
    this.events.emit(
      this.events.dropped(utterance, {
        reason: 'echo',
        rawText: '',
        hadPartial: this.openTexts.wasShown(utterance),
      }),
    );
  }

  private endTurn(turn: Turn | null): void {
    if (turn === null) return;
    const { utterances } = turn;
    const given = utterances.map((one) => this.given.get(one.startSample) ?? Promise.resolve(null));
    const last = utterances.at(-1)?.startSample ?? -1;
    for (const startSample of [...this.given.keys()]) {
      if (startSample <= last) this.given.delete(startSample);
    }
    if (this.options.revisions === false) return;
    if (utterances.length < 2 && !hearsAgain(this.options.engine.capabilities)) return;
    // It begins in mid-sentence: what both sides of the cut hold was written before it.
    if ((utterances[0]?.overlapSamples ?? 0) > 0) return;
    const revised = this.turnTexts.revise({
      turn,
      pcm: this.recent.slice(soundStart(turn), turn.endSample),
      parts: given,
      oneSpeaker: () => this.oneSpeaker(utterances),
      live: this.backlogSeconds < LIVE_SECONDS,
    });
    this.settlement.expect(turn.startSample, null, revised);
  }
}

/** Where a turn's own sound begins: before it, there may be a silenced echo. */
function soundStart({ startSample, utterances: [first] }: Turn): number {
  return first?.silenced === undefined
    ? startSample
    : Math.max(startSample, first.speechStartSample - PRE_ROLL_SAMPLES);
}
