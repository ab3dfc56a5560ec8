import { runFilters } from './filters/run-filters.ts';
import type { LiveDecodes } from './live-decodes.ts';
import type { Transcript } from './ports.ts';
import type { Utterance } from './segmenter.ts';
import { StablePrefix } from './stable-prefix.ts';
import type { UtteranceDecode } from './utterance-decode.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

interface Guess {
  readonly utterance: Utterance;
  readonly decode: UtteranceDecode;
}

/** The texts of an utterance that is still open: partials, and the guess that it is over. */
export class OpenTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;
  private readonly partials: boolean;
  private guess: Guess | null = null;
  private partial: UtteranceDecode | null = null;
  private shown: { readonly index: number; readonly prefix: StablePrefix } | null = null;
  /** Utterances before this one have their final: a partial of theirs comes too late. */
  private firstOpenIndex = 0;

  constructor(decodes: LiveDecodes, events: UtteranceEvents, options: { partials: boolean }) {
    this.decodes = decodes;
    this.events = events;
    this.partials = options.partials;
  }

  /** Still being said: decode what there is, unless a decode of it is on its way. */
  decodePartial(utterance: Utterance): void {
    if (!this.partials || this.partial !== null) return;
    const decode = this.decodes.start(utterance.pcm, 'partial');
    this.partial = decode;
    this.showWhenDone(utterance, decode, () => {
      if (this.partial === decode) this.partial = null;
    });
  }

  /** The utterance may be over: decode now what would otherwise be decoded a little later. */
  speculate(utterance: Utterance): void {
    this.drop();
    const decode = this.decodes.start(utterance.pcm, 'speculative');
    this.guess = { utterance, decode };
    this.showWhenDone(utterance, decode, () => undefined);
  }

  /** It goes on. */
  dropGuess(): void {
    if (this.guess === null) return;
    this.decodes.cancel(this.guess.decode);
    this.guess = null;
  }

  drop(): void {
    this.dropGuess();
    this.dropPartial();
  }

  /** The utterance is over: gives the decode that guessed exactly it, if there is one. */
  finish(utterance: Utterance): UtteranceDecode | null {
    this.dropPartial();
    this.firstOpenIndex = utterance.index + 1;
    const guess = this.guess;
    if (
      guess?.utterance.startSample === utterance.startSample &&
      guess.utterance.endSample === utterance.endSample
    ) {
      this.guess = null;
      return guess.decode;
    }
    this.dropGuess();
    return null;
  }

  wasShown(utterance: Utterance): boolean {
    return this.shown?.index === utterance.index;
  }

  private dropPartial(): void {
    if (this.partial === null) return;
    this.decodes.cancel(this.partial);
    this.partial = null;
  }

  private showWhenDone(utterance: Utterance, decode: UtteranceDecode, done: () => void): void {
    decode.once.then(
      (transcript) => {
        done();
        this.decodes.done(decode);
        this.show(utterance, transcript);
      },
      () => {
        // Cancelled or shed: a partial is nobody's due.
        done();
        this.decodes.done(decode);
      },
    );
  }

  private show(utterance: Utterance, transcript: Transcript): void {
    if (!this.partials || utterance.index < this.firstOpenIndex) return;
    const filtered = runFilters(candidateOf(utterance, transcript));
    if (!filtered.kept) return;
    if (this.shown?.index !== utterance.index) {
      this.shown = { index: utterance.index, prefix: new StablePrefix() };
    }
    const text = this.shown.prefix.next(this.events.correct(filtered.text));
    this.events.emit(this.events.text(utterance, transcript, text, { isFinal: false }));
  }
}
