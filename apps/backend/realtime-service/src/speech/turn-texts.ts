import { runFilters } from './filters/run-filters.ts';
import type { GivenText } from './final-texts.ts';
import type { LiveDecodes } from './live-decodes.ts';
import { samplesToSeconds } from './pcm.ts';
import type { SpeechCapabilities, Transcript } from './ports.ts';
import type { Utterance } from './segmenter.ts';
import { SpeechError } from './speech-error.ts';
import { atTempo } from './tempo.ts';
import type { Turn } from './turn-tracker.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

/**
 * A turn is heard at slightly different tempi, and what the engine believes most is kept: a slip that
 * depends on where the frames happen to fall is not made at every tempo. On the sample dialogues as
 * they are cut live: 10.8 → 9.3 % for three times the decode, each a job of its own that may wait.
 */
const TEMPI = [1, 1.06, 0.94] as const;

/** Whether hearing a sound again may give something better, and costs nothing but time. */
export function hearsAgain({ logprobs, remote }: SpeechCapabilities): boolean {
  return logprobs && !remote;
}

/** Decodes whole turns again, also those that were cut at breaths, and gives each as one utterance. */
export class TurnTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;
  private readonly engine: SpeechCapabilities;

  constructor(decodes: LiveDecodes, events: UtteranceEvents, engine: SpeechCapabilities) {
    this.decodes = decodes;
    this.events = events;
    this.engine = engine;
  }

  /**
   * @param parts what became of the turn's utterances
   * @param oneSpeaker asked again when the text is there: by then more is known of the voices
   */
  async revise(
    turn: Turn,
    pcm: Float32Array,
    parts: readonly Promise<GivenText | null>[],
    oneSpeaker: () => boolean,
  ): Promise<void> {
    const given = (await Promise.all(parts)).filter((one) => one !== null);
    const [first, ...others] = given;
    if (first === undefined || this.events.closed) return;
    if (!oneSpeaker()) return;
    const transcript = await this.believed(pcm);
    if (transcript === null) return;
    const whole = wholeTurn(turn, pcm);
    const filtered = runFilters(candidateOf(whole, transcript));
    if (!filtered.kept || transcript.degenerate === true || !oneSpeaker()) return;
    const text = this.events.correct(filtered.text);
    if (others.length === 0 && text === first.event.text) return;
    this.events.emit({
      ...this.events.text(whole, transcript, text, { isFinal: true }),
      id: first.event.id,
      startMs: first.event.startMs,
      revision: first.event.revision + 1,
      ...(others.length > 0 ? { replaces: others.map((one) => one.event.id) } : {}),
    });
  }

  /** What the engine believes most of what it hears; null when it was not asked in the end. */
  private async believed(pcm: Float32Array): Promise<Transcript | null> {
    const tempi = hearsAgain(this.engine) ? TEMPI : [1];
    const sounds = tempi
      .map((tempo) => atTempo(pcm, tempo))
      .filter((sound) => samplesToSeconds(sound.length) <= this.engine.longestSeconds);
    const heard = await Promise.all(sounds.map((sound) => this.hear(sound)));
    // Without the hearing at its own tempo, the others have nothing to be measured by.
    if (heard[0] === null || heard[0] === undefined) return null;
    return heard.filter((one) => one !== null).reduce(moreBelieved);
  }

  /** Null when it was shed, cancelled or failed: the texts that were given stand. */
  private async hear(pcm: Float32Array): Promise<Transcript | null> {
    const decode = this.decodes.start(pcm, 'revision');
    try {
      return await decode.once;
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      return null;
    } finally {
      this.decodes.done(decode);
    }
  }
}

/** A text that does not loop before one that does, then the one with the better score. */
function moreBelieved(one: Transcript, other: Transcript): Transcript {
  const loops = (transcript: Transcript) => transcript.degenerate === true;
  if (loops(one) !== loops(other)) return loops(one) ? other : one;
  return (other.avgLogprob ?? Number.NEGATIVE_INFINITY) >
    (one.avgLogprob ?? Number.NEGATIVE_INFINITY)
    ? other
    : one;
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
