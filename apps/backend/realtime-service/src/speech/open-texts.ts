import { runFilters } from './filters/run-filters.ts';
import type { LiveDecodes } from './live-decodes.ts';
import type { Transcript } from './ports.ts';
import { StablePrefix } from './stable-prefix.ts';
import type { Utterance } from './utterance.ts';
import type { UtteranceDecode } from './utterance-decode.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

/** One person's part of an utterance, and its text on the way. */
export interface PartDecode {
  readonly part: Utterance;
  readonly decode: UtteranceDecode;
}

interface Guess {
  readonly utterance: Utterance;
  readonly parts: readonly PartDecode[];
}

/** A breath of the one, and the pause in which the other took over. */
const MOST_ASIDE = 2;

/** The texts of an utterance that is still open: partials, and the guess that it is over. */
export class OpenTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;
  private readonly partials: boolean;
  private readonly guesses: boolean;
  private readonly takeovers: boolean;
  private guess: Guess | null = null;
  /** Guesses after which it went on: where it was another person who did, one of them was right. */
  private aside: Guess[] = [];
  private partial: UtteranceDecode | null = null;
  private shown: { readonly startSample: number; readonly prefix: StablePrefix } | null = null;
  /** Utterances before this one have their final: a partial of theirs comes too late. */
  private firstOpenIndex = 0;

  /** @param options guesses: decode before the end is certain; takeovers: another person may go on where one stops, and who that was is known later */
  constructor(
    decodes: LiveDecodes,
    events: UtteranceEvents,
    options: { partials: boolean; guesses: boolean; takeovers: boolean },
  ) {
    this.decodes = decodes;
    this.events = events;
    this.partials = options.partials;
    this.guesses = options.guesses;
    this.takeovers = options.takeovers;
  }

  /** Still being said: decode what there is, unless a decode of it is on its way. */
  decodePartial(utterance: Utterance): void {
    if (!this.partials || this.partial !== null) return;
    const decode = this.decodes.start(utterance.pcm, 'partial');
    this.partial = decode;
    this.whenDone(
      decode,
      (transcript) => this.show(utterance, transcript),
      () => {
        if (this.partial === decode) this.partial = null;
      },
    );
  }

  /**
   * The utterance may be over: decode now what would otherwise be decoded a little later.
   *
   * @param parts the utterance between changes of voice
   */
  speculate(utterance: Utterance, parts: readonly Utterance[]): void {
    this.drop();
    if (!this.guesses) return;
    const decoding = parts.map((part) => ({
      part,
      decode: this.decodes.start(part.pcm, 'speculative'),
    }));
    const guess = { utterance, parts: decoding };
    this.guess = guess;
    for (const { part, decode } of decoding) {
      this.whenDone(decode, (transcript) => {
        // What several people said would be shown as one person's, then shrink.
        if (parts.length === 1 && this.guess === guess) this.show(part, transcript);
      });
    }
  }

  /** It goes on. */
  resume(): void {
    if (this.takeovers && this.guess !== null) {
      this.aside.push(this.guess);
      if (this.aside.length > MOST_ASIDE) this.cancel(this.aside.shift());
    } else {
      this.cancel(this.guess);
    }
    this.guess = null;
  }

  drop(): void {
    this.dropGuess();
    this.dropPartial();
  }

  /** The utterance is over: gives its parts with their decodes, if exactly it was guessed. */
  finish(utterance: Utterance): readonly PartDecode[] | null {
    this.dropPartial();
    this.firstOpenIndex = utterance.index + 1;
    const right = [this.guess, ...this.aside].find(
      (guess) =>
        guess?.utterance.startSample === utterance.startSample &&
        guess.utterance.endSample === utterance.endSample,
    );
    for (const guess of [this.guess, ...this.aside]) if (guess !== right) this.cancel(guess);
    this.guess = null;
    this.aside = [];
    return right?.parts ?? null;
  }

  wasShown(utterance: Utterance): boolean {
    return this.shown?.startSample === utterance.startSample;
  }

  private dropGuess(): void {
    this.cancel(this.guess);
    this.guess = null;
  }

  private cancel(guess: Guess | null | undefined): void {
    for (const { decode } of guess?.parts ?? []) this.decodes.cancel(decode);
  }

  private dropPartial(): void {
    if (this.partial === null) return;
    this.decodes.cancel(this.partial);
    this.partial = null;
  }

  private whenDone(
    decode: UtteranceDecode,
    use: (transcript: Transcript) => void,
    forget: () => void = () => undefined,
  ): void {
    decode.once.then(
      (transcript) => {
        forget();
        this.decodes.done(decode);
        use(transcript);
      },
      () => {
        // Cancelled or shed: a partial is nobody's due.
        forget();
        this.decodes.done(decode);
      },
    );
  }

  private show(utterance: Utterance, transcript: Transcript): void {
    if (!this.partials || utterance.index < this.firstOpenIndex) return;
    const filtered = runFilters(candidateOf(utterance, transcript));
    if (!filtered.kept) return;
    const { startSample } = utterance;
    if (this.shown?.startSample !== startSample) {
      this.shown = { startSample, prefix: new StablePrefix() };
    }
    const text = this.shown.prefix.next(this.events.correct(filtered.text));
    this.events.emit(this.events.text(utterance, transcript, text, { isFinal: false }));
  }
}
