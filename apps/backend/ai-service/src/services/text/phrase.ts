import { withinEdits } from './edit-distance.ts';
import { fold } from './fold.ts';
import { isNumberWord } from './numbers.ts';

/**
 * Wording of spoken Portuguese, one phrase a line, matched against folded words:
 *
 * - `dor`         this word; a long word also matches with a misheard letter
 * - `comec*`      a word that begins so
 * - `ha|faz`      either
 * - `bem?`        may be missing
 * - `#`           a number, in digits or words
 * - `~`, `~~`     up to 3, up to 7 words in between
 */
type Phrase = readonly PhrasePart[];

/** Phrases by the letters that their first word can begin with: most words of a talk begin none. */
export type Phrases = ReadonlyMap<string, readonly Phrase[]>;

interface WordPart {
  kind: 'word';
  options: readonly WordOption[];
  optional: boolean;
}
interface GapPart {
  kind: 'gap';
  upTo: number;
}
type PhrasePart = WordPart | GapPart;
interface WordOption {
  text: string;
  prefix: boolean;
  number: boolean;
}

/** Where a phrase was found: words from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** Words that stand in some phrase. A word that is itself known is never taken for a misheard other one. */
const known = new Set<string>();

const anyLetter = '*';

/**
 * Parses phrases, one a line.
 * @throws Error for a phrase that nothing at all would match
 */
export function phrases(text: string): Phrases {
  const byLetter = new Map<string, Phrase[]>();
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '') continue;
    const phrase = parse(line);
    for (const letter of firstLetters(phrase, line)) {
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), phrase]);
    }
  }
  return byLetter;
}

function firstLetters(phrase: Phrase, line: string): Set<string> {
  const letters = new Set<string>();
  for (const part of phrase) {
    if (part.kind === 'gap') throw new Error(`A phrase begins with a word: ${line}`);
    for (const option of part.options) {
      letters.add(option.number ? anyLetter : option.text.slice(0, 1));
    }
    if (!part.optional) return letters;
  }
  throw new Error(`A phrase needs a word that must be there: ${line}`);
}

function parse(line: string): Phrase {
  return line.split(/\s+/).map((part): PhrasePart => {
    if (part === '~') return { kind: 'gap', upTo: 3 };
    if (part === '~~') return { kind: 'gap', upTo: 7 };
    const optional = part.endsWith('?');
    const options = (optional ? part.slice(0, -1) : part).split('|').map(parseOption);
    for (const option of options) if (!option.prefix) known.add(option.text);
    return { kind: 'word', options, optional };
  });
}

function parseOption(option: string): WordOption {
  if (option === '#') return { text: '', prefix: false, number: true };
  const prefix = option.endsWith('*');
  return { text: fold(prefix ? option.slice(0, -1) : option), prefix, number: false };
}

/** First place where one of the phrases stands, or undefined. */
export function findPhrase(wanted: Phrases, words: readonly string[]): Span | undefined {
  for (let start = 0; start < words.length; start++) {
    const end = endFrom(wanted, words, start);
    if (end !== undefined) return { start, end };
  }
  return undefined;
}

/** All places where a phrase begins, at most one for each first word. */
export function findAll(wanted: Phrases, words: readonly string[]): Span[] {
  return words.flatMap((_, start) => {
    const end = endFrom(wanted, words, start);
    return end === undefined ? [] : [{ start, end }];
  });
}

function endFrom(wanted: Phrases, words: readonly string[], start: number): number | undefined {
  for (const letter of [words[start]?.slice(0, 1) ?? '', anyLetter]) {
    for (const phrase of wanted.get(letter) ?? []) {
      const end = matchFrom(phrase, 0, words, start);
      if (end !== undefined) return end;
    }
  }
  return undefined;
}

function matchFrom(
  phrase: Phrase,
  part: number,
  words: readonly string[],
  at: number,
): number | undefined {
  const current = phrase[part];
  if (current === undefined) return at;
  if (current.kind === 'gap') {
    for (let skip = 0; skip <= current.upTo && at + skip <= words.length; skip++) {
      const end = matchFrom(phrase, part + 1, words, at + skip);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  const word = words[at];
  if (word !== undefined && current.options.some((option) => matches(option, word))) {
    const end = matchFrom(phrase, part + 1, words, at + 1);
    if (end !== undefined) return end;
  }
  return current.optional ? matchFrom(phrase, part + 1, words, at) : undefined;
}

function matches(option: WordOption, word: string): boolean {
  if (option.number) return isNumberWord(word);
  if (option.prefix) return word.startsWith(option.text) || soundsLikePrefix(option.text, word);
  return word === option.text || soundsLike(option.text, word);
}

/** Recognised speech often has one letter wrong; the first letter and short words must be right. */
function soundsLike(wanted: string, heard: string): boolean {
  if (wanted.length < 7 || heard[0] !== wanted[0] || known.has(heard)) return false;
  return withinEdits(wanted, heard, wanted.length >= 10 ? 2 : 1);
}

function soundsLikePrefix(wanted: string, heard: string): boolean {
  if (wanted.length < 6 || heard[0] !== wanted[0] || known.has(heard)) return false;
  return [-1, 0, 1].some((delta) => {
    const beginning = heard.slice(0, wanted.length + delta);
    return beginning.length === wanted.length + delta && withinEdits(wanted, beginning, 1);
  });
}
