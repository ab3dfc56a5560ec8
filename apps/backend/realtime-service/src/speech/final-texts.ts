import { runFilters } from './filters/run-filters.ts';
import type { LiveDecodes } from './live-decodes.ts';
import { mergeOverlap } from './merge-overlap.ts';
import { samplesToSeconds } from './pcm.ts';
import type { Transcript } from './ports.ts';
import { SpeechError } from './speech-error.ts';
import type { UtteranceEvent } from './transcriber-events.ts';
import type { Utterance } from './utterance.ts';
import type { UtteranceDecode } from './utterance-decode.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

/** A final that was given for an utterance. */
export interface GivenText {
  /** What was given last: the utterance after a cut may take its rags away. */
  event: UtteranceEvent;
  readonly utterance: Utterance;
  /** What the engine heard. */
  readonly transcript: Transcript;
}

interface FinalRequest {
  readonly utterance: Utterance;
  readonly decode: UtteranceDecode;
  /** The text of the utterance before, when both hold the sound around a cut. */
  readonly before: Promise<GivenText | null> | undefined;
  /** Whether people saw a partial of it, asked when the text is there. */
  readonly wasShown: () => boolean;
}

/** The text of an utterance that has ended: decoded at any price, filtered, given once. */
export class FinalTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;

  constructor(decodes: LiveDecodes, events: UtteranceEvents) {
    this.decodes = decodes;
    this.events = events;
  }

  /** Gives the final and resolves to it, or to null when nobody said anything. */
  async give({ utterance, decode, before, wasShown }: FinalRequest): Promise<GivenText | null> {
    const transcript = await this.textOf(utterance, decode);
    if (transcript === null || this.events.closed) return null;
    const filtered = runFilters(candidateOf(utterance, transcript));
    if (!filtered.kept) {
      this.events.emit(
        this.events.dropped(utterance, {
          reason: filtered.filter,
          rawText: transcript.text,
          hadPartial: wasShown(),
        }),
      );
      return null;
    }
    const text = await this.joinOverlap(utterance, filtered.text, await before);
    if (this.events.closed) return null;
    if (text === '') {
      // All of it was said in the utterance before: what was shown meanwhile is taken back.
      const hadPartial = wasShown();
      this.events.emit(
        this.events.dropped(utterance, { reason: 'overlap', rawText: transcript.text, hadPartial }),
      );
      return null;
    }
    const event = this.events.text(utterance, transcript, this.events.correct(text), {
      isFinal: true,
    });
    this.events.emit(event);
    return { event, utterance, transcript };
  }

  /** The engine's text, or null when there will be none; says so when the sound is set aside. */
  private async textOf(utterance: Utterance, decode: UtteranceDecode): Promise<Transcript | null> {
    this.decodes.keep(decode);
    try {
      return await decode.asFinal();
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      this.events.emit(this.events.failed(utterance, error.reason));
      return null;
    } finally {
      this.decodes.done(decode);
    }
  }

  /** After a cut without a pause both sides hold the same second: each word stays once. */
  private joinOverlap(utterance: Utterance, text: string, before: GivenText | null | undefined) {
    if (before === undefined || before === null) return text;
    const merged = mergeOverlap(before.event.text, text, overlapWords(before, utterance, text));
    if (merged.before !== before.event.text) {
      before.event = {
        ...before.event,
        revision: before.event.revision + 1,
        text: merged.before,
      };
      this.events.emit(before.event);
    }
    return merged.after;
  }
}

/** Words in the sound that both sides of a cut hold, at the pace of these very people. */
function overlapWords(before: GivenText, utterance: Utterance, text: string): number {
  const words = `${before.event.text} ${text}`.split(/\s+/).length;
  const seconds = before.utterance.speechSeconds + utterance.speechSeconds;
  return (words / Math.max(1, seconds)) * samplesToSeconds(utterance.overlapSamples);
}
