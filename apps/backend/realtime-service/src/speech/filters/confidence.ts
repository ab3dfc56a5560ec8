import { DROP, type Filter, KEEP } from './filter.ts';

/**
 * OpenAI's reference decoder calls a window silent when the no-speech probability exceeds 0.6 and
 * the mean log-probability is below −1. Each alone is weak: an accent lowers the one, a breath
 * before the sentence raises the other.
 */
const NO_SPEECH = 0.6;
const DOUBTFUL_LOGPROB = -1;
/** So improbable that it is noise even where the detector heard a voice. */
const HOPELESS_LOGPROB = -1.7;

/** Drops text that the engine itself does not believe. Engines without scores pass. */
export const confidence: Filter = {
  name: 'confidence',
  judge({ avgLogprob, noSpeechProb, degenerate }) {
    if (avgLogprob === null) return KEEP;
    if (avgLogprob < HOPELESS_LOGPROB) return DROP;
    if (avgLogprob < DOUBTFUL_LOGPROB && (degenerate || (noSpeechProb ?? 0) > NO_SPEECH)) {
      return DROP;
    }
    return KEEP;
  },
};
