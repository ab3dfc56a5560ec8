import { readFileSync } from 'node:fs';
import { everydayWords, particles } from './everyday-words.ts';
import { type FoldedWord, foldWords } from './folded-words.ts';
import type { PrivateSpan } from './spans.ts';

const givenNames: ReadonlySet<string> = new Set(
  readFileSync(new URL('./given-names.txt', import.meta.url), 'utf8')
    .split(/\s+/)
    .filter(Boolean),
);

const shortestPart = 3;
/** A title before a name; the name is written with a capital. */
const titles = new Set(
  'doutor doutora dr dra dona seu senhor senhora sr sra tio tia vovo enfermeiro enfermeira'.split(
    ' ',
  ),
);
/** What people say before their own or somebody's name. */
const introductions = [
  'me chamo',
  'meu nome e',
  'nome dele e',
  'nome dela e',
  'se chama',
  'chamado',
  'chamada',
  'aqui e o',
  'aqui e a',
  'aqui quem fala e o',
  'aqui quem fala e a',
].map((phrase) => phrase.split(' '));
/** What follows an introduction without being a name. */
const noNames = new Set(
  'que isso esse essa o a um uma muito mais so tambem quando quem como para por nao bem eu'.split(
    ' ',
  ),
);

/** Parts of the names of people in the consultation, as they are looked for. */
export function nameParts(names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) =>
      foldWords(name)
        .map((word) => word.folded)
        .filter((part) => part.length >= shortestPart && !particles.has(part) && !titles.has(part)),
    ),
  );
}

/**
 * Names: of the people in the consultation in any spelling, common Brazilian given names written with
 * a capital, and what follows a title or an introduction.
 */
export function findNames(text: string, known: ReadonlySet<string>): PrivateSpan[] {
  const said = foldWords(text);
  const isName = said.map((word) => isCertain(word, known));
  for (const at of introduced(said)) isName[at] = true;
  said.forEach((word, at) => {
    if (isName[at] || !everydayWords.has(word.folded) || !known.has(word.folded)) return;
    if (besideName(said, isName, at)) isName[at] = true;
  });
  extendToSurnames(text, said, isName);
  return join(text, said, isName);
}

function isCertain({ capital, folded }: FoldedWord, known: ReadonlySet<string>): boolean {
  if (known.has(folded)) return capital || !everydayWords.has(folded);
  return capital && givenNames.has(folded);
}

function introduced(said: readonly FoldedWord[]): number[] {
  const found: number[] = [];
  said.forEach((word, at) => {
    const before = said[at - 1];
    if (before && titles.has(before.folded) && word.capital) found.push(at);
    if (noNames.has(word.folded) || titles.has(word.folded)) return;
    for (const phrase of introductions) {
      if (at < phrase.length) continue;
      if (phrase.every((part, back) => said[at - phrase.length + back]?.folded === part)) {
        found.push(at);
      }
    }
  });
  return found;
}

function besideName(said: readonly FoldedWord[], isName: readonly boolean[], at: number): boolean {
  const left = particles.has(said[at - 1]?.folded ?? '') ? at - 2 : at - 1;
  const right = particles.has(said[at + 1]?.folded ?? '') ? at + 2 : at + 1;
  return (isName[left] ?? false) || (isName[right] ?? false);
}

/** "Carlos Drummond": a capital straight after a name goes on with it. */
function extendToSurnames(text: string, said: readonly FoldedWord[], isName: boolean[]): void {
  said.forEach((word, at) => {
    if (isName[at] || !word.capital) return;
    const particle = particles.has(said[at - 1]?.folded ?? '') && said[at - 1]?.folded !== 'e';
    const before = particle ? at - 2 : at - 1;
    const previous = said[before];
    if (!previous || !isName[before]) return;
    if (/^[\s\p{L}]*$/u.test(text.slice(previous.end, word.start))) isName[at] = true;
  });
}

/** Neighbouring parts become one name, particles between them included. */
function join(
  text: string,
  said: readonly FoldedWord[],
  isName: readonly boolean[],
): PrivateSpan[] {
  const spans: PrivateSpan[] = [];
  said.forEach((word, at) => {
    if (!isName[at]) return;
    const last = spans.at(-1);
    const between = last ? text.slice(last.end, word.start) : '';
    if (last && /^\s+(?:(?:d[aeo]s?)\s+)?$/i.test(between)) last.end = word.end;
    else spans.push({ start: word.start, end: word.end, kind: 'PESSOA' });
  });
  return spans;
}
