import { squaredDistance, type Voice, type VoiceModel } from './online-clustering.ts';

/** A text's evidence that a doctor said it: natural log odds, positive for the doctor, 0 for none. */
export type RoleCue = (text: string) => number;

/** An enrolled voice never decides alone against two clicks: rooms and microphones differ. */
const MOST_BY_VOICE = 5;
const MOST_BY_WORDS = 4;
const MOST_BY_ONE_TEXT = 1.5;
/** Sentences of one talk are not independent witnesses. */
const SHARE_OF_WORDS = 0.7;
/** Worth of an enrolled voice that is as far from the one voice as the two are from each other. */
const LOG_ODDS_OF_A_MATCH = 4.5;
/**
 * With one voice to compare, another room or microphone looks like another person: the enrolled
 * voice is then held against this distance, and proves little.
 */
const SAME_PERSON_WITHIN = 8;
const LOG_ODDS_WHILE_ALONE = 0.3;
const MOST_WHILE_ALONE = 1.6;

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** The copy of the enrolled voice that comes nearest to any voice of the room. */
function bestCopy(
  copies: readonly (readonly number[])[],
  voices: readonly Float64Array[],
  usual: Float32Array,
): readonly number[] | null {
  let best: { copy: readonly number[]; distance: number } | null = null;
  for (const copy of copies) {
    const distance = Math.min(...voices.map((voice) => squaredDistance(copy, voice, usual)));
    if (best === null || distance < best.distance) best = { copy, distance };
  }
  return best?.copy ?? null;
}

/**
 * By the doctor's enrolled voice: whichever voice is nearer to it.
 *
 * @param copies the enrolled voice under several conditions
 */
export function evidenceByVoice(
  model: VoiceModel,
  copies: readonly (readonly number[])[],
  usual: Float32Array,
): number {
  const { A, B } = model.centres;
  const profile = bestCopy(
    copies,
    [A, B].flatMap((centre) => centre ?? []),
    usual,
  );
  if (profile === null) return 0;
  if (A === null || B === null) {
    const only = A ?? B;
    if (only === null) return 0;
    const odds =
      LOG_ODDS_WHILE_ALONE * (SAME_PERSON_WITHIN - squaredDistance(profile, only, usual));
    return clamp(A === null ? -odds : odds, MOST_WHILE_ALONE);
  }
  const difference = squaredDistance(profile, B, usual) - squaredDistance(profile, A, usual);
  const between = squaredDistance(A, B, usual);
  // Noise shrinks all distances alike, so only their ratio tells anything.
  return clamp((LOG_ODDS_OF_A_MATCH * difference) / Math.max(between, 1e-6), MOST_BY_VOICE);
}

/** Log odds against the present naming before it is turned round. */
const TURN_ROUND_FROM = 0.7;

/**
 * Which voice is the doctor's, by what voice and clicks say of it and by what was said: each text, as
 * its cue judged it, counts for the voice that said it. The names are turned round only by clear
 * evidence, weighed text by text in the order of time, so that they are the same whenever one asks.
 *
 * @param otherOdds log odds for voice A that do not come from words
 * @returns `odds`: for voice A, all evidence together
 */
export function doctorsVoice(
  otherOdds: number,
  said: Iterable<{ readonly voice: Voice | null; readonly odds: number }>,
): { doctor: Voice; odds: number } {
  let doctor: Voice = otherOdds < -TURN_ROUND_FROM ? 'B' : 'A';
  let odds = otherOdds;
  let sum = 0;
  for (const one of said) {
    if (one.voice === null) continue;
    const limited = clamp(one.odds, MOST_BY_ONE_TEXT);
    sum += one.voice === 'A' ? limited : -limited;
    odds = otherOdds + clamp(SHARE_OF_WORDS * sum, MOST_BY_WORDS);
    if ((doctor === 'A' ? odds : -odds) < -TURN_ROUND_FROM) doctor = doctor === 'A' ? 'B' : 'A';
  }
  return { doctor, odds };
}
