import { type Candidate, DROP, type Filter, KEEP } from './filter.ts';

/** Less speech than this is a cough or a click, not a syllable. */
const LEAST_SPEECH_SECONDS = 0.15;

/** Of a long sound with hardly any speech in it, the engine writes what it does not hear. */
const LEAST_SPEECH_SHARE = 0.15;

/** Where the detector hesitates all the way, it is music or noise. */
const LEAST_SPEECH_PROBABILITY = 0.6;

/** Drops text from sound in which the detector heard no speech to speak of. */
export const speechGate: Filter = {
  name: 'speech-gate',
  judge: (candidate) => (holdsSpeech(candidate) ? KEEP : DROP),
};

/** Whether the detector heard speech to speak of in a sound. */
export function holdsSpeech({
  speechSeconds,
  durationSeconds,
  speechProbability,
}: Pick<Candidate, 'speechSeconds' | 'durationSeconds' | 'speechProbability'>): boolean {
  if (speechSeconds < LEAST_SPEECH_SECONDS) return false;
  if (speechSeconds / durationSeconds < LEAST_SPEECH_SHARE) return false;
  return speechProbability >= LEAST_SPEECH_PROBABILITY;
}
