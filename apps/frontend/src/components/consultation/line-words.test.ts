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
    states.map((state) => ({ state, quality: null })),
  );
  expect(answer.good).toBe(good);
  expect(answer.words).not.toBe('');
});

it.each([
  [['good', 'good'], 3, 'conexão boa'],
  [['good', 'fair'], 2, 'conexão instável'],
  [['poor', 'fair'], 1, 'conexão fraca'],
  [[null], 3, 'conexão boa'],
] as const)('of %j the worst counts: %i bars, %s', (qualities, bars, words) => {
  const peers = qualities.map((quality) => ({ state: 'connected' as const, quality }));
  expect(lineWords('up', true, peers)).toMatchObject({ bars, words });
});
