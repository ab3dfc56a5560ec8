import type { GivenText } from './final-texts.ts';
import type { SpeechEngine } from './ports.ts';
import type { RecentAudio } from './recent-audio.ts';
import { PRE_ROLL_SAMPLES } from './segmenter-settings.ts';
import type { Settlement } from './settlement.ts';
import { hearsAgain, type TurnTexts } from './turn-texts.ts';
import { type Turn, TurnTracker } from './turn-tracker.ts';
import type { Utterance } from './utterance.ts';

/** A stream that is farther behind is being caught up with: nobody reads along. */
const LIVE_SECONDS = 3;

export interface OpenTurnOptions {
  readonly turnTexts: TurnTexts;
  readonly recent: RecentAudio;
  readonly settlement: Settlement;
  readonly engine: Pick<SpeechEngine, 'capabilities'>;
  /** Whether turns are decoded again as a whole. */
  readonly revisions: boolean;
  readonly readAlong: boolean;
  /** Whether utterances are one person's, as far as is known. */
  readonly oneSpeaker: (utterances: readonly Utterance[]) => boolean;
  readonly backlogSeconds: () => number;
}

/** The turn that somebody is in: what became of its utterances, and a better text when it is over. */
export class OpenTurn {
  private readonly options: OpenTurnOptions;
  private readonly turns = new TurnTracker();
  /** What became of each utterance of the open turn, by its first sample. */
  private readonly given = new Map<number, Promise<GivenText | null>>();

  constructor(options: OpenTurnOptions) {
    this.options = options;
  }

  /** Its first sample, or null while nobody has spoken. */
  get since(): number | null {
    return this.turns.openSince;
  }

  /** Takes in an utterance that is over; the turn ends before it when it is not of it. */
  add(utterance: Utterance): void {
    const { last } = this.turns;
    if (last !== null && !this.options.oneSpeaker([last, utterance])) this.end();
    this.revise(this.turns.add(utterance));
  }

  /** The text of an utterance is on its way. */
  gives(utterance: Utterance, text: Promise<GivenText | null>): void {
    this.given.set(utterance.startSample, text);
  }

  /** Nobody has spoken since the last utterance up to a position. */
  silentUntil(sample: number): void {
    this.revise(this.turns.silentUntil(sample));
  }

  end(): void {
    this.revise(this.turns.end());
  }

  private revise(turn: Turn | null): void {
    if (turn === null) return;
    const { backlogSeconds, engine, oneSpeaker, readAlong, recent, settlement, turnTexts } =
      this.options;
    const { utterances } = turn;
    const parts = utterances.map((one) => this.given.get(one.startSample) ?? Promise.resolve(null));
    const last = utterances.at(-1)?.startSample ?? -1;
    for (const startSample of [...this.given.keys()]) {
      if (startSample <= last) this.given.delete(startSample);
    }
    if (!this.options.revisions) return;
    // A paid engine takes no revision, and could not tell one by its rank.
    if (!readAlong && engine.capabilities.remote) return;
    if (utterances.length < 2 && !hearsAgain(engine.capabilities)) return;
    // It begins in mid-sentence: what both sides of the cut hold was written before it.
    if ((utterances[0]?.overlapSamples ?? 0) > 0) return;
    const revised = turnTexts.revise({
      turn,
      pcm: recent.slice(soundStart(turn), turn.endSample),
      parts,
      oneSpeaker: () => oneSpeaker(utterances),
      live: readAlong && backlogSeconds() < LIVE_SECONDS,
    });
    settlement.expect(turn.startSample, null, revised);
  }
}

/** Where a turn's own sound begins: before it, there may be a silenced echo. */
function soundStart({ startSample, utterances: [first] }: Turn): number {
  return first?.silenced === undefined
    ? startSample
    : Math.max(startSample, first.speechStartSample - PRE_ROLL_SAMPLES);
}
