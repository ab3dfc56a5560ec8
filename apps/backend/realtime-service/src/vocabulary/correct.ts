import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fold } from './fold.ts';
import { readHunspell } from './hunspell-dictionary.ts';
import { type LexiconKind, readLexicon } from './lexicon.ts';
import { speaksOfMedicines } from './medication-context.ts';
import { isNumberWord } from './number-words.ts';
import { type OrdinaryWords, ordinaryWords } from './ordinary-words.ts';
import { allowedEdits, indexTargets, type Match, type TargetIndex } from './target-index.ts';
import { type Word, wordsOf } from './words.ts';

/** One correction: what stood at `index` of the text given, and what stands there now. */
export interface VocabularyChange {
  from: string;
  to: string;
  index: number;
  kind: LexiconKind;
  /** 1 when both sound the same, towards 0 the less alike they sound. */
  score: number;
}

export interface CorrectedText {
  text: string;
  changes: VocabularyChange[];
}

export interface Vocabulary {
  /** Puts misheard medical words right; everything else, figures included, stays as it is. */
  correct(text: string): CorrectedText;
}

/**
 * Loads the lexicon and the words of ordinary Portuguese once (≈ 0.7 s, ≈ 50 MB).
 * @param dataFolder the service's data folder, with lexicon/ and guard/
 */
export function loadVocabulary(dataFolder: string): Vocabulary {
  const require = createRequire(import.meta.url);
  const dictionaryFile = (extension: string) =>
    readFileSync(join(require.resolve('dictionary-pt'), '..', `index.${extension}`), 'utf8');
  const ordinary = ordinaryWords(
    join(dataFolder, 'guard', 'common-words.txt'),
    join(dataFolder, 'guard', 'given-names.txt'),
    readHunspell(dictionaryFile('aff'), dictionaryFile('dic')),
  );
  const targets = indexTargets(
    readLexicon(join(dataFolder, 'lexicon', 'lexicon.tsv')),
    (word) => ordinary.rank(word) < EVERYDAY_PLACES,
  );
  return createVocabulary(targets, ordinary);
}

/** Words before this place in the frequency list are said outside the surgery too. */
const EVERYDAY_PLACES = 9_000;
const LONGEST_WINDOW = 3;
/** Each word taken into a correction besides the first makes it less believable. */
const JOIN_COST = 0.15;
/** A word on the list of what primary care has at hand wins over one that is not, the distances being alike. */
const COMMON_BONUS = 0.35;
/**
 * Two names as near as this to what was heard: nobody can say which one it was, and a wrong drug is worse than a misspelt
 * one. The worse the nearest fits, the farther the next must be.
 */
const AMBIGUITY_MARGIN = 0.25;
const AMBIGUITY_SHARE = 0.65;
/** A long everyday word is swallowed by a correction only when the whole sounds almost exactly like the name. */
const STRICT_EDITS = 0.45;
const SAME_SOUND = 0.2;
const SHORT_WORD = 3;
const SHORTEST_JOINED = 7;

export function createVocabulary(targets: TargetIndex, ordinary: OrdinaryWords): Vocabulary {
  return {
    correct(text) {
      const words = wordsOf(text);
      const changes: VocabularyChange[] = [];
      let corrected = '';
      let copied = 0;
      for (let i = 0; i < words.length; ) {
        const found = bestFrom(text, words, i, targets, ordinary);
        if (found === undefined) {
          i++;
          continue;
        }
        const first = words[i] as Word;
        const last = words[i + found.length - 1] as Word;
        const from = text.slice(first.start, last.end);
        const to = inCaseOf(from, found.match.target.word);
        corrected += text.slice(copied, first.start) + to;
        copied = last.end;
        changes.push({
          from,
          to,
          index: first.start,
          kind: found.match.target.kind,
          score: scoreOf(found.match),
        });
        i += found.length;
      }
      return { text: corrected + text.slice(copied), changes };
    },
  };
}

interface Finding {
  match: Match;
  length: number;
  cost: number;
}

/** The most believable correction that starts at word `at`; a better one that starts inside it goes first. */
function bestFrom(
  text: string,
  words: readonly Word[],
  at: number,
  targets: TargetIndex,
  ordinary: OrdinaryWords,
): Finding | undefined {
  const here = bestAt(text, words, at, targets, ordinary);
  if (here === undefined || here.length === 1) return here;
  for (let i = at + 1; i < at + here.length; i++) {
    const inside = bestAt(text, words, i, targets, ordinary);
    if (inside === undefined || inside.cost >= here.cost) continue;
    if (inside.match.distance < here.match.distance) return undefined;
  }
  return here;
}

function bestAt(
  text: string,
  words: readonly Word[],
  at: number,
  targets: TargetIndex,
  ordinary: OrdinaryWords,
): Finding | undefined {
  let best: Finding | undefined;
  const window: Word[] = [];
  for (const word of words.slice(at, at + LONGEST_WINDOW)) {
    const previous = window.at(-1);
    if (previous !== undefined && !/^(?: |-)$/.test(text.slice(previous.end, word.start))) break;
    if (!mayChange(word)) break;
    window.push(word);
    const match = matchOf(window, targets, ordinary, () =>
      speaksOfMedicines(text, words, at, at + window.length - 1),
    );
    if (match === undefined) continue;
    const cost = match.distance + JOIN_COST * (window.length - 1);
    if (best === undefined || cost < best.cost) best = { match, length: window.length, cost };
  }
  return best;
}

function mayChange(word: Word): boolean {
  return !word.touchesFigure && !word.withPronoun && !isNumberWord(fold(word.text));
}

function matchOf(
  window: readonly Word[],
  targets: TargetIndex,
  ordinary: OrdinaryWords,
  ofMedicines: () => boolean,
): Match | undefined {
  const joined = window.map((word) => word.text).join('');
  const isOrdinary = (word: Word) => ordinary.isKnown(word.text);
  const isSingle = window.length === 1;
  const exact = targets.exact(joined);
  if (isSingle && exact !== undefined) return undefined;
  if (isSingle && ordinary.isKnown(joined)) return wrongInDictionary(joined, targets, ordinary);
  if (!isSingle && joined.length < SHORTEST_JOINED) return undefined;
  // "metil prednisolona": the parts may be names themselves, together they are exactly another one. But "pneumonia e" is
  // no "pneumoniae".
  const isParticle = (word: Word) => word.text.length < SHORT_WORD && ordinary.isKnown(word.text);
  if (exact?.rare === true && !(window.some(isParticle) && window.every(isOrdinary))) {
    return { target: exact, distance: 0 };
  }
  if (window.some((word) => targets.exact(word.text)?.rare === true)) return undefined;
  if (!isSingle && window.every((word) => ordinary.isFrequent(word.text))) return undefined;
  const swallows = window.some((word) => word.text.length > SHORT_WORD && isOrdinary(word));
  // A word that nobody uses is what is left of a name; everyday words in a row are a sentence.
  const isStrange = ({ text }: Word) => text.length > 1 && !ordinary.isInDailyUse(text);
  const likely = swallows && window.some(isStrange) && ofMedicines();
  const match = clearest(
    targets.nearest(
      joined,
      swallows && !likely ? STRICT_EDITS + COMMON_BONUS + AMBIGUITY_MARGIN : undefined,
    ),
  );
  if (match === undefined) return undefined;
  // "tomei conas e pão": a name is expected here, and what was heard is no sentence.
  const believed = !swallows || (likely && match.target.kind === 'drug' && match.target.common);
  const limit = believed
    ? allowedEdits(match.target) - JOIN_COST * (window.length - 1)
    : STRICT_EDITS;
  return match.distance <= limit ? match : undefined;
}

/** Dictionaries list misspelt drug names too ("diazepan"): those that nobody uses and that sound like the drug. */
function wrongInDictionary(
  word: string,
  targets: TargetIndex,
  ordinary: OrdinaryWords,
): Match | undefined {
  if (ordinary.isInDailyUse(word)) return undefined;
  const [nearest] = targets.nearest(word, SAME_SOUND);
  return nearest?.target.kind === 'drug' && nearest.target.common ? nearest : undefined;
}

/** The nearest name, unless another one is so near that it could as well be meant. */
function clearest(matches: readonly Match[]): Match | undefined {
  const weighed = matches
    .map((match) => ({ match, weight: match.distance - (match.target.common ? COMMON_BONUS : 0) }))
    .sort((a, b) => a.weight - b.weight);
  const [first, second] = weighed;
  if (first === undefined) return undefined;
  if (second === undefined || first.match.distance === 0) return first.match;
  const margin = Math.max(AMBIGUITY_MARGIN, AMBIGUITY_SHARE * first.match.distance);
  return second.weight - first.weight < margin ? undefined : first.match;
}

function scoreOf(match: Match): number {
  const score = 1 - match.distance / Math.max(1, match.target.sounds.length);
  return Math.round(score * 1000) / 1000;
}

/** Keeps "LOSARTANA" and "Losartana" as they were begun. */
function inCaseOf(from: string, to: string): string {
  const letters = from.replace(/[^\p{L}]/gu, '');
  if (letters.length > 1 && letters === letters.toUpperCase()) return to.toUpperCase();
  const initial = from.charAt(0);
  return initial === initial.toLowerCase() ? to : to.charAt(0).toUpperCase() + to.slice(1);
}
