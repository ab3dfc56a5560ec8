import { expect, it } from 'vitest';
import { lineWords } from './line-words.ts';

it.each([
  ['reconnecting', true, ['connected'], false],
  ['up', false, [], false],
  ['up', true, [], true],
  ['up', true, ['connected'], true],
  ['up', true, ['connected', 'failed'], false],
  ['up', true, ['connecting'], true],
] as const)('%s, joined %s, media %j: good %s', (line, joined, states, good) => {
  const answer = lineWords(
    line,
    joined,
    states.map((state) => ({ state })),
  );
  expect(answer.good).toBe(good);
  expect(answer.words).not.toBe('');
});
