import { normalise } from './normalise.ts';

/** A stretch of speech on the clock of the audio, in milliseconds. */
export interface SpokenSpan {
  speaker: string;
  startMs: number;
  endMs: number;
  text: string;
}

export interface SpeakerAccuracy {
  utterances: number;
  rightUtterances: number;
  words: number;
  rightWords: number;
  /** Utterances that overlap no turn of the reference: text where nobody spoke. */
  unmatched: number;
}

function overlapMs(a: SpokenSpan, b: SpokenSpan): number {
  return Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
}

/** The reference turn that shares most time with the utterance, or null when none does. */
export function turnOf(utterance: SpokenSpan, turns: readonly SpokenSpan[]): SpokenSpan | null {
  let best: SpokenSpan | null = null;
  let most = 0;
  for (const turn of turns) {
    const shared = overlapMs(utterance, turn);
    if (shared > most) {
      best = turn;
      most = shared;
    }
  }
  return best;
}

/**
 * Who said it, judged by time: an utterance is right when its label is that of the reference turn it
 * overlaps most. Where two people speak at once the label of either is right.
 */
export function speakerAccuracy(
  utterances: readonly SpokenSpan[],
  turns: readonly SpokenSpan[],
): SpeakerAccuracy {
  const result = { utterances: 0, rightUtterances: 0, words: 0, rightWords: 0, unmatched: 0 };
  for (const utterance of utterances) {
    const turn = turnOf(utterance, turns);
    if (!turn) {
      result.unmatched += 1;
      continue;
    }
    const words = normalise(utterance.text).length;
    const own = turnOf(
      utterance,
      turns.filter((candidate) => candidate.speaker === utterance.speaker),
    );
    // Double talk: the label is right as well when its own turn covers most of the utterance.
    const right =
      turn.speaker === utterance.speaker ||
      (own !== null && overlapMs(utterance, own) > (utterance.endMs - utterance.startMs) / 2);
    result.utterances += 1;
    result.words += words;
    if (right) {
      result.rightUtterances += 1;
      result.rightWords += words;
    }
  }
  return result;
}
