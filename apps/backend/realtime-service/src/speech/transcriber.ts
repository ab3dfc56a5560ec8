import { pass } from '../failpoints.ts';
import { FinalTexts, type GivenText } from './final-texts.ts';
import { type Frame, FrameAssembler } from './frame-assembler.ts';
import { LiveDecodes } from './live-decodes.ts';
import { OpenTexts, type PartDecode } from './open-texts.ts';
import { OpenTurn } from './open-turn.ts';
import { samplesToSeconds } from './pcm.ts';
import type { Pcm, StartTimer } from './ports.ts';
import { RecentAudio } from './recent-audio.ts';
import { Segmenter, type SegmenterEvent, type UtteranceHeard } from './segmenter.ts';
import { PRE_ROLL_SAMPLES } from './segmenter-settings.ts';
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
import { Takeovers } from './takeovers.ts';
import type { Transcriber, TranscriberOptions } from './transcriber-options.ts';
import { LONGEST_REVISION_MS, TurnTexts } from './turn-texts.ts';
import type { Utterance } from './utterance.ts';
import { UtteranceEvents } from './utterance-events.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

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
  private readonly detector: SpeechDetector;
  private readonly frames: FrameAssembler;
  private readonly segmenter: Segmenter;
  private readonly takeovers: Takeovers | null;
  private readonly turn: OpenTurn;
  private readonly recent = new RecentAudio();
  private readonly settlement: Settlement;
  private line: Promise<void> = Promise.resolve();
  private fedUntil: number;
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
    this.takeovers = this.microphone ? new Takeovers(this.microphone, this.segmenter) : null;
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
      deferred: options.deferred === true,
    });
    this.openTexts = new OpenTexts(this.decodes, this.events, {
      partials: options.partials !== false && options.deferred !== true,
      guesses: options.deferred !== true,
      takeovers: sharedMicrophone !== undefined,
    });
    this.finalTexts = new FinalTexts(this.decodes, this.events);
    this.turn = new OpenTurn({
      turnTexts: new TurnTexts(this.decodes, this.events, options.engine.capabilities, {
        startTimer: options.startTimer ?? systemTimer,
        longestMs: options.longestRevisionMs ?? LONGEST_REVISION_MS,
      }),
      readAlong: options.deferred !== true,
      recent: this.recent,
      settlement: this.settlement,
      engine: options.engine,
      revisions: options.revisions !== false,
      oneSpeaker: (utterances) => this.oneSpeaker(utterances),
      backlogSeconds: () => this.backlogSeconds,
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
    this.turn.end();
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
    await this.lookForTakeover();
    if (this.segmenter.isOpen) {
      pass('utterance-open');
      return;
    }
    this.echo?.passed(frame.startSample);
    this.turn.silentUntil(frame.startSample + VAD_FRAME_SAMPLES);
    this.recent.dropBefore(this.turn.since ?? frame.startSample - PRE_ROLL_SAMPLES);
  }

  private async lookForTakeover(): Promise<void> {
    const events = (await this.takeovers?.look()) ?? [];
    for (const event of events) await this.onSegment(event);
    // Whoever was taken over from need not wait for the other's end to get a better text.
    if (events.length > 0) this.turn.end();
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
        this.openTexts.resume();
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
    this.turn.add(part);
    const given = this.finalTexts.give({
      utterance: part,
      decode,
      before: part.overlapSamples > 0 ? this.lastGiven : undefined,
      wasShown: () => this.openTexts.wasShown(part),
    });
    this.lastGiven = given;
    this.turn.gives(part, given);
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
}
