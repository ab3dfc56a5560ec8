import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

it('holds the one-word substances of the transcription lexicon, no more and no fewer', () => {
  const lexicon = read('../../../realtime-service/data/lexicon/lexicon.tsv')
    .map((line) => line.split('\t'))
    .filter(([term = '', kind]) => kind === 'drug' && !term.includes(' '))
    .map(([term = '']) => term);
  expect(read('./drugs.txt').toSorted()).toEqual([...new Set(lexicon)].toSorted());
});
