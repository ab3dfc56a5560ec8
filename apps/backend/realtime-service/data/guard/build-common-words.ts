/**
 * Makes common-words.txt and given-names.txt from the npm package `@zxcvbn-ts/language-pt-br` 4.1.1.
 *
 * Usage: node build-common-words.ts FOLDER_OF_THE_UNPACKED_PACKAGE
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: build-common-words.ts PACKAGE_FOLDER');

const LETTERS_ONLY = /^\p{L}{1,24}$/u;

/** Words of one of the package's lists, most frequent first, without figures and hyphens. */
function list(name: string): string[] {
  const words: unknown = JSON.parse(readFileSync(join(folder as string, 'src', name), 'utf8'));
  if (!Array.isArray(words)) throw new Error(`${name} is no list`);
  return words.filter(
    (word): word is string => typeof word === 'string' && LETTERS_ONLY.test(word),
  );
}

/** Subtitles and encyclopaedia interleaved: a word's place is near its better rank in the two. */
function interleave(a: string[], b: string[]): string[] {
  const merged = new Set<string>();
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    for (const word of [a[i], b[i]]) if (word !== undefined) merged.add(word);
  }
  return [...merged];
}

const header = (what: string) =>
  `# ${what}\n# Source: @zxcvbn-ts/language-pt-br 4.1.1 (MIT); see README.md for its own sources and licences.\n`;

const here = import.meta.dirname;
writeFileSync(
  join(here, 'common-words.txt'),
  `${header('Brazilian Portuguese words, most frequent first (subtitles and Wikipedia).')}${interleave(
    list('commonWords.json'),
    list('wikipedia.json'),
  ).join('\n')}\n`,
);
writeFileSync(
  join(here, 'given-names.txt'),
  `${header('Given names and family names in Brazil.')}${[
    ...new Set([...list('firstnames.json'), ...list('lastnames.json')]),
  ].join('\n')}\n`,
);
