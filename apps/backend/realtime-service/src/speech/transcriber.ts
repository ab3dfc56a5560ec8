import type { Candidate } from './filters/filter.ts';
import { runFilters } from './filters/run-filters.ts';
import { type Frame, FrameAssembler } from './frame-assembler.ts';
import { mergeOverlap } from './merge-overlap.ts';
import { samplesToMs, samplesToSeconds } from './pcm.ts';
import type { Pcm, SpeechEngine, Transcript, VadFactory } from './ports.ts';
import { RecentAudio } from './recent-audio.ts';
import { Segmenter, type SegmenterEvent, type Utterance } from './segmenter.ts';
import { type SegmenterSettings, segmenterSettings } from './segmenter-settings.ts';
import { Settlement } from './settlement.ts';
import { SpeechError } from './speech-error.ts';
import { StablePrefix } from './stable-prefix.ts';
import type { TranscriberEvent, UtteranceEvent } from './transcriber-events.ts';
import { type Turn, TurnTracker } from './turn-tracker.ts';
import { UtteranceDecode } from './utterance-decode.ts';
import { utteranceId } from './utterance-id.ts';
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
  readonly segmenter?: Partial<SegmenterSettings>;
  readonly retryDelayMs?: number;
  /** A defect: the detector or a listener threw. The stream goes on with the next chunk. */
  readonly onError: (error: unknown) => void;
}

export interface Transcriber {
  /** Takes sound in; returns at once. Positions are samples of the stream, 16,000 a second. */
  feed(pcm: Pcm, positionSamples: number): void;
  /** Nothing was and will be heard between two positions. */
  gap(fromSample: number, toSample: number): void;
  /** Resolves when all that was fed has been cut into utterances; texts may still be on their way. */
  segmented(): Promise<void>;
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

interface GivenText {
  readonly event: UtteranceEvent;
  readonly utterance: Utterance;
}

/** The way of one stream from sound to text. */
export function createTranscriber(options: TranscriberOptions): Transcriber {
  return new StreamTranscriber(options);
}

class StreamTranscriber implements Transcriber {
  private readonly options: TranscriberOptions;
  private readonly decoding;
  private readonly vad;
  private readonly frames: FrameAssembler;
  private readonly segmenter: Segmenter;
  private readonly turns = new TurnTracker();
  private readonly recent = new RecentAudio();
  private readonly settlement: Settlement;
  private readonly startSample: number;
  private line: Promise<void> = Promise.resolve();
  private fedUntil: number;
  private closed = false;
  private vadIsFresh = true;
  private guess: { readonly utterance: Utterance; readonly decode: UtteranceDecode } | null = null;
  private partial: { readonly index: number; readonly decode: UtteranceDecode } | null = null;
  private shown: { readonly index: number; readonly prefix: StablePrefix } | null = null;
  private partialIndex = -1;
  /** What became of each utterance of the open turn, and of the one before. */
  private readonly given = new Map<number, Promise<GivenText | null>>();
  private readonly live = new Set<UtteranceDecode>();

  constructor(options: TranscriberOptions) {
    this.options = options;
    this.startSample = options.startSample ?? 0;
    this.fedUntil = this.startSample;
    this.frames = new FrameAssembler(Math.max(0, this.startSample - PRE_ROLL_SAMPLES));
    this.segmenter = new Segmenter(options.segmenter);
    this.settlement = new Settlement(this.startSample, options.onError);
    this.vad = options.vadFactory();
    this.decoding = {
      engine: options.engine,
      roomId: options.roomId,
      language: options.language ?? 'pt',
      retryDelayMs: options.retryDelayMs ?? 1_000,
    };
  }

  get backlogSeconds(): number {
    const oldest = this.settlement.oldestEnd ?? this.frames.position;
    return Math.max(0, samplesToSeconds(this.fedUntil - oldest));
  }

  get checkpoint(): number {
    return this.settlement.checkpoint;
  }

  feed(pcm: Pcm, positionSamples: number): void {
    if (this.closed) return;
    this.fedUntil = Math.max(this.fedUntil, positionSamples + pcm.length);
    this.enqueue(() => this.frames.feed(pcm, positionSamples));
  }

  gap(_fromSample: number, toSample: number): void {
    if (this.closed) return;
    this.fedUntil = Math.max(this.fedUntil, toSample);
    this.enqueue(() => this.frames.skipTo(toSample));
  }

  segmented(): Promise<void> {
    return this.line;
  }

  async drain(): Promise<void> {
    this.enqueue(() => this.frames.flush());
    await this.line;
    if (this.closed) return;
    for (const event of this.segmenter.flush()) this.onSegment(event);
    this.endTurn(this.turns.end());
    await this.settlement.whenSettled();
  }

  close(): void {
    this.closed = true;
    for (const decode of this.live) decode.cancel();
    this.live.clear();
    this.settlement.abandon();
  }

  private enqueue(frames: () => Iterable<Frame>): void {
    this.line = this.line.then(async () => {
      try {
        for (const frame of frames()) {
          if (this.closed) return;
          await this.onFrame(frame);
        }
      } catch (error) {
        this.options.onError(error);
      }
    });
  }

  private async onFrame(frame: Frame): Promise<void> {
    this.recent.push(frame);
    const probability = await this.probability(frame);
    if (this.closed) return;
    for (const event of this.segmenter.push(frame, probability)) this.onSegment(event);
    if (this.segmenter.isOpen) return;
    this.endTurn(this.turns.silentUntil(frame.startSample + VAD_FRAME_SAMPLES));
    this.recent.dropBefore(this.turns.openSince ?? frame.startSample - PRE_ROLL_SAMPLES);
  }

  private async probability(frame: Frame): Promise<number> {
    if (frame.missing || frame.startSample < this.startSample) {
      if (!this.vadIsFresh) this.vad.reset();
      this.vadIsFresh = true;
      return 0;
    }
    this.vadIsFresh = false;
    return this.vad.probability(frame.pcm);
  }

  private onSegment(event: SegmenterEvent): void {
    switch (event.kind) {
      case 'partial-candidate':
        this.decodePartial(event.utterance);
        return;
      case 'maybe-end':
        this.speculate(event.utterance);
        return;
      case 'resumed':
        this.dropGuess();
        return;
      case 'discarded':
        this.dropGuess();
        this.dropPartial();
        return;
      case 'final':
        this.decodeFinal(event.utterance);
        return;
      case 'checkpoint':
        this.vad.reset();
        this.vadIsFresh = true;
        this.settlement.mark(event.sample);
        return;
      default:
        event satisfies never;
    }
  }

  private start(pcm: Float32Array, priority: 'final' | 'speculative' | 'partial' | 'revision') {
    const decode = new UtteranceDecode(this.decoding, pcm, priority);
    this.live.add(decode);
    return decode;
  }

  private dropGuess(): void {
    if (this.guess === null) return;
    this.guess.decode.cancel();
    this.live.delete(this.guess.decode);
    this.guess = null;
  }

  private dropPartial(): void {
    if (this.partial === null) return;
    this.partial.decode.cancel();
    this.live.delete(this.partial.decode);
    this.partial = null;
  }

  private decodePartial(utterance: Utterance): void {
    if (this.options.partials === false || this.partial !== null) return;
    const decode = this.start(utterance.pcm, 'partial');
    this.partial = { index: utterance.index, decode };
    this.showWhenDone(utterance, decode, () => {
      if (this.partial?.decode === decode) this.partial = null;
    });
  }

  /** The utterance may be over: decode now what would otherwise be decoded a little later. */
  private speculate(utterance: Utterance): void {
    this.dropGuess();
    this.dropPartial();
    const decode = this.start(utterance.pcm, 'speculative');
    this.guess = { utterance, decode };
    this.showWhenDone(utterance, decode, () => undefined);
  }

  private showWhenDone(utterance: Utterance, decode: UtteranceDecode, done: () => void): void {
    decode.once.then(
      (transcript) => {
        done();
        this.live.delete(decode);
        this.showPartial(utterance, transcript);
      },
      () => {
        // Cancelled or shed: a partial is nobody's due.
        done();
        this.live.delete(decode);
      },
    );
  }

  private showPartial(utterance: Utterance, transcript: Transcript): void {
    if (this.closed || this.options.partials === false) return;
    if (this.given.has(utterance.index) || utterance.index < this.partialIndex) return;
    const filtered = runFilters(candidateOf(utterance, transcript));
    if (!filtered.kept) return;
    this.partialIndex = utterance.index;
    if (this.shown?.index !== utterance.index) {
      this.shown = { index: utterance.index, prefix: new StablePrefix() };
    }
    const text = this.shown.prefix.next(this.correct(filtered.text));
    this.options.onEvent(this.eventOf(utterance, transcript, text, { isFinal: false }));
  }

  private decodeFinal(utterance: Utterance): void {
    this.dropPartial();
    const guess = this.guess;
    const fits =
      guess !== null &&
      guess.utterance.startSample === utterance.startSample &&
      guess.utterance.endSample === utterance.endSample;
    if (!fits) this.dropGuess();
    this.guess = null;
    const decode = fits ? guess.decode : this.start(utterance.pcm, 'final');
    this.endTurn(this.turns.add(utterance));
    const before = utterance.overlapSamples > 0 ? this.given.get(utterance.index - 1) : undefined;
    const given = this.giveFinal(utterance, decode, before);
    this.given.set(utterance.index, given);
    this.settlement.expect(utterance.startSample, utterance.endSample, given);
  }

  private async giveFinal(
    utterance: Utterance,
    decode: UtteranceDecode,
    before: Promise<GivenText | null> | undefined,
  ): Promise<GivenText | null> {
    const transcript = await this.textOf(utterance, decode);
    if (transcript === null || this.closed) return null;
    const filtered = runFilters(candidateOf(utterance, transcript));
    if (!filtered.kept) {
      this.options.onEvent({
        type: 'dropped',
        ...this.placeOf(utterance),
        reason: filtered.filter,
        rawText: transcript.text,
        hadPartial: this.shown?.index === utterance.index,
      });
      return null;
    }
    const text = await this.joinOverlap(utterance, filtered.text, before);
    if (this.closed || text === '') return null;
    const event = this.eventOf(utterance, transcript, this.correct(text), { isFinal: true });
    this.options.onEvent(event);
    return { event, utterance };
  }

  /** The engine's text, or null when there will be none; says so when the sound is set aside. */
  private async textOf(utterance: Utterance, decode: UtteranceDecode): Promise<Transcript | null> {
    this.live.add(decode);
    try {
      return await decode.asFinal();
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      if (!this.closed) {
        this.options.onEvent({
          type: 'failed',
          ...this.placeOf(utterance),
          reason: error.reason,
        });
      }
      return null;
    } finally {
      this.live.delete(decode);
    }
  }

  /** After a cut without a pause both sides hold the same second: each word stays once. */
  private async joinOverlap(
    utterance: Utterance,
    text: string,
    before: Promise<GivenText | null> | undefined,
  ): Promise<string> {
    const previous = await before;
    if (previous === undefined || previous === null) return text;
    const merged = mergeOverlap(
      previous.event.text,
      text,
      samplesToSeconds(utterance.overlapSamples),
    );
    if (merged.before !== previous.event.text && !this.closed) {
      this.options.onEvent({
        ...previous.event,
        revision: previous.event.revision + 1,
        text: merged.before,
      });
    }
    return merged.after;
  }

  private endTurn(turn: Turn | null): void {
    if (turn === null) return;
    const given = turn.utterances.map((one) => this.given.get(one.index) ?? Promise.resolve(null));
    const last = turn.utterances.at(-1)?.index ?? -1;
    for (const index of [...this.given.keys()]) {
      // The last one is kept: the next utterance may overlap it.
      if (index < last) this.given.delete(index);
    }
    if (this.options.revisions === false || turn.utterances.length < 2) return;
    const pcm = this.recent.slice(turn.startSample, turn.endSample);
    this.settlement.expect(turn.startSample, null, this.revise(turn, pcm, given));
  }

  /** Decodes a whole turn that was cut at breaths, and gives it as one utterance. */
  private async revise(
    turn: Turn,
    pcm: Float32Array,
    parts: readonly Promise<GivenText | null>[],
  ): Promise<void> {
    const given = (await Promise.all(parts)).filter((one) => one !== null);
    const [first, ...others] = given;
    if (first === undefined || others.length === 0 || this.closed) return;
    const decode = this.start(pcm, 'revision');
    try {
      const transcript = await decode.once;
      const whole = wholeTurn(turn, pcm);
      const filtered = runFilters(candidateOf(whole, transcript));
      if (!filtered.kept || transcript.degenerate === true || this.closed) return;
      this.options.onEvent({
        ...this.eventOf(whole, transcript, this.correct(filtered.text), { isFinal: true }),
        id: first.event.id,
        startMs: first.event.startMs,
        revision: first.event.revision + 1,
        replaces: others.map((one) => one.event.id),
      });
    } catch (error) {
      // Shed, cancelled or failed: the texts that were given stand.
      if (!(error instanceof SpeechError)) throw error;
    } finally {
      this.live.delete(decode);
    }
  }

  private correct(text: string): string {
    return this.options.correct?.(text) ?? text;
  }

  private placeOf(utterance: Utterance) {
    return {
      id: utteranceId(this.options.streamKey, utterance.startSample),
      startMs: samplesToMs(utterance.speechStartSample),
      endMs: samplesToMs(utterance.speechEndSample),
    };
  }

  private eventOf(
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
}

function candidateOf(utterance: Utterance, transcript: Transcript): Candidate {
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

function wholeTurn(turn: Turn, pcm: Float32Array): Utterance {
  const first = turn.utterances[0] as Utterance;
  const last = turn.utterances.at(-1) as Utterance;
  const seconds = turn.utterances.reduce((sum, one) => sum + one.speechSeconds, 0);
  const sure = turn.utterances.reduce((sum, u) => sum + u.speechSeconds * u.speechProbability, 0);
  return {
    ...first,
    endSample: last.endSample,
    speechEndSample: last.speechEndSample,
    pcm,
    speechSeconds: seconds,
    speechProbability: sure / seconds,
  };
}
