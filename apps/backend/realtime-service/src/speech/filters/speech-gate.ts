import { DROP, type Filter, KEEP } from './filter.ts';

/** Less speech than this is a cough or a click, not a syllable. */
const LEAST_SPEECH_SECONDS = 0.15;

/** Of a long sound with hardly any speech in it, the engine writes what it does not hear. */
const LEAST_SPEECH_SHARE = 0.15;

/** Where the detector hesitates all the way, it is music or noise. */
const LEAST_SPEECH_PROBABILITY = 0.6;

/** Drops text from sound in which the detector heard no speech to speak of. */
export const speechGate: Filter = {
  name: 'speech-gate',
  judge({ speechSeconds, durationSeconds, speechProbability }) {
    if (speechSeconds < LEAST_SPEECH_SECONDS) return DROP;
    if (speechSeconds / durationSeconds < LEAST_SPEECH_SHARE) return DROP;
    if (speechProbability < LEAST_SPEECH_PROBABILITY) return DROP;
    return KEEP;
  },
};
