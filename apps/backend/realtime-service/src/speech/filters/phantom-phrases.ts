import { DROP, type Filter, KEEP, plainWords } from './filter.ts';
import { ALSO_SAID, NEVER_SAID } from './phantom-phrases.data.ts';

const neverSaid = new Set(NEVER_SAID);
const alsoSaid = new Set(ALSO_SAID);

/** A spoken word of thanks is half a second of clear voice that the engine is sure of. */
const STRONG_SPEECH_SECONDS = 0.25;
const STRONG_SPEECH_PROBABILITY = 0.75;
const STRONG_LOGPROB = -0.9;
const STRONG_NO_SPEECH = 0.4;

/** Drops utterances that are, as a whole, a phrase known to be invented. */
export const phantomPhrases: Filter = {
  name: 'phantom-phrases',
  judge(candidate) {
    const phrase = plainWords(candidate.text).join(' ');
    if (neverSaid.has(phrase)) return DROP;
    if (!alsoSaid.has(phrase)) return KEEP;
    const heard =
      candidate.speechSeconds >= STRONG_SPEECH_SECONDS &&
      candidate.speechProbability >= STRONG_SPEECH_PROBABILITY &&
      (candidate.avgLogprob ?? 0) >= STRONG_LOGPROB &&
      (candidate.noSpeechProb ?? 0) <= STRONG_NO_SPEECH;
    return heard ? KEEP : DROP;
  },
};
