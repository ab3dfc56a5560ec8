import { readFileSync } from 'node:fs';

/** Rows of a tab-separated table beside this file. */
export function readTable(name: string): [string, string][] {
  return readFileSync(new URL(`./wording/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [first = '', second = ''] = line.split('\t');
      return [first, second];
    });
}
