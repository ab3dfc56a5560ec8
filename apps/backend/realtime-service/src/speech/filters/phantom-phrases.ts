import { DROP, type Filter, KEEP, plainWords } from './filter.ts';
import { ALSO_SAID, NEVER_SAID } from './phantom-phrases.data.ts';

const neverSaid = new Set(NEVER_SAID);
const alsoSaid = new Set(ALSO_SAID);

/** A spoken word of thanks is half a second of clear voice that the engine is sure of. */
const STRONG_SPEECH_SECONDS = 0.25;
const STRONG_SPEECH_PROBABILITY = 0.75;
const STRONG_LOGPROB = -0.9;
const STRONG_NO_SPEECH = 0.4;
/** Drawn out longer than this allows, it is a hum or a tune. */
const LEAST_LETTERS_PER_SECOND = 4;

/** “O que é isso? O que é isso?” is the same phrase twice: its words once. */
function onePhrase(words: readonly string[]): readonly string[] {
  for (let length = 1; length <= words.length / 2; length += 1) {
    if (words.length % length !== 0) continue;
    if (words.every((word, i) => word === words[i % length])) return words.slice(0, length);
  }
  return words;
}

/** Drops utterances that are, as a whole, a phrase known to be invented. */
export const phantomPhrases: Filter = {
  name: 'phantom-phrases',
  judge(candidate) {
    const words = plainWords(candidate.text);
    const phrases = [words, onePhrase(words)].map((one) => one.join(' '));
    if (phrases.some((phrase) => neverSaid.has(phrase))) return DROP;
    if (!phrases.some((phrase) => alsoSaid.has(phrase))) return KEEP;
    const heard =
      words.join('').length / candidate.speechSeconds >= LEAST_LETTERS_PER_SECOND &&
      candidate.speechSeconds >= STRONG_SPEECH_SECONDS &&
      candidate.speechProbability >= STRONG_SPEECH_PROBABILITY &&
      (candidate.avgLogprob ?? 0) >= STRONG_LOGPROB &&
      (candidate.noSpeechProb ?? 0) <= STRONG_NO_SPEECH;
    return heard ? KEEP : DROP;
  },
};
