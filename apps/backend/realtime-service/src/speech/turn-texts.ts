import { runFilters } from './filters/run-filters.ts';
import type { GivenText } from './final-texts.ts';
import type { LiveDecodes } from './live-decodes.ts';
import { samplesToSeconds } from './pcm.ts';
import type { SpeechCapabilities, StartTimer, Transcript } from './ports.ts';
import { SpeechError } from './speech-error.ts';
import { atTempo } from './tempo.ts';
import type { Turn } from './turn-tracker.ts';
import type { Utterance } from './utterance.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

/**
 * A turn is heard at slightly different tempi, and what the engine believes most is kept: a slip that
 * depends on where the frames happen to fall is not made at every tempo. On the sample dialogues as
 * they are cut live: 10.8 → 9.3 % for three times the decode, each a job of its own that may wait. A turn of one utterance has been heard once already.
 */
const OTHER_TEMPI = [1.06, 0.94] as const;

/**
 * A text that still changes when people have read on is worse than one with a slip in it. The turn is known to be over
 * 1.5 s after its last word: what has not been heard again so long afterwards is not waited for.
 */
export const LONGEST_REVISION_MS = 2_100;

/** Whether hearing a sound again may give something better, and costs nothing but time. */
export function hearsAgain({ logprobs, remote }: SpeechCapabilities): boolean {
  return logprobs && !remote;
}

/** A turn that is over, and what is known of it. */
export interface RevisionRequest {
  readonly turn: Turn;
  readonly pcm: Float32Array;
  /** What became of the turn's utterances. */
  readonly parts: readonly Promise<GivenText | null>[];
  /** Asked again when the text is there: by then more is known of the voices. */
  readonly oneSpeaker: () => boolean;
  /** Somebody reads along. A stream that is caught up with takes the time that it takes. */
  readonly live: boolean;
}

/** Decodes whole turns again, also those that were cut at breaths, and gives each as one utterance. */
export class TurnTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;
  private readonly engine: SpeechCapabilities;
  private readonly startDeadline: () => Deadline;

  /** @param clock how long a live turn's text may take, and by whose clock */
  constructor(
    decodes: LiveDecodes,
    events: UtteranceEvents,
    engine: SpeechCapabilities,
    clock: { readonly startTimer: StartTimer; readonly longestMs: number },
  ) {
    this.decodes = decodes;
    this.events = events;
    this.engine = engine;
    this.startDeadline = () => new Deadline(clock.startTimer, clock.longestMs);
  }

  async revise({ live, oneSpeaker, parts, pcm, turn }: RevisionRequest): Promise<void> {
    const deadline = live ? this.startDeadline() : null;
    try {
      const given = (await Promise.all(parts)).filter((one) => one !== null);
      if (given.length === 0 || this.events.closed || !oneSpeaker()) return;
      const known = turn.utterances.length === 1 ? given[0]?.transcript : undefined;
      const transcript = await this.believed(pcm, known, deadline);
      if (transcript !== null && oneSpeaker()) this.give(wholeTurn(turn, pcm), transcript, given);
    } finally {
      deadline?.cancel();
    }
  }

  private give(whole: Utterance, transcript: Transcript, given: readonly GivenText[]): void {
    const [first, ...others] = given;
    const filtered = runFilters(candidateOf(whole, transcript));
    if (first === undefined || !filtered.kept || transcript.degenerate === true) return;
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

  /**
   * What the engine believes most of what it hears in time; null when it was not asked in the end.
   * @param known what it heard at the turn's own tempo, when that has been decoded
   */
  private async believed(
    pcm: Float32Array,
    known: Transcript | undefined,
    deadline: Deadline | null,
  ): Promise<Transcript | null> {
    const own = known ?? this.hear(pcm, deadline);
    const others = (hearsAgain(this.engine) ? OTHER_TEMPI : [])
      .map((tempo) => atTempo(pcm, tempo))
      .filter((sound) => samplesToSeconds(sound.length) <= this.engine.longestSeconds)
      .map((sound) => this.hear(sound, deadline));
    const [first, ...rest] = await Promise.all([own, ...others]);
    // Without the hearing at its own tempo, the others have nothing to be measured by.
    if (first === null || first === undefined) return null;
    return rest.filter((one) => one !== null).reduce(moreBelieved, first);
  }

  /** Null when it was shed, cancelled, failed or is late: the texts that were given stand. */
  private async hear(pcm: Float32Array, deadline: Deadline | null): Promise<Transcript | null> {
    const decode = this.decodes.start(pcm, 'revision');
    try {
      const heard = await (deadline ? Promise.race([decode.once, deadline.passed]) : decode.once);
      if (heard === null) decode.cancel();
      return heard;
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      return null;
    } finally {
      this.decodes.done(decode);
    }
  }
}

class Deadline {
  readonly passed: Promise<null>;
  readonly cancel: () => void;

  constructor(startTimer: StartTimer, milliseconds: number) {
    const { promise, resolve } = Promise.withResolvers<null>();
    this.passed = promise;
    this.cancel = startTimer(milliseconds, () => resolve(null));
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
