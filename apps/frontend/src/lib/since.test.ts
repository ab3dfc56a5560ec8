import { expect, it } from 'vitest';
import { sinceWords } from './since.ts';

const now = Date.parse('2026-11-27T12:00:00Z');

it.each([
  ['2026-11-27T12:00:30Z', 'agora há pouco'],
  ['2026-11-27T11:59:01Z', 'agora há pouco'],
  ['2026-11-27T11:59:00Z', 'há 1 min'],
  ['2026-11-27T11:00:01Z', 'há 59 min'],
  ['2026-11-27T11:00:00Z', 'há 1 h'],
  ['2026-11-26T12:00:01Z', 'há 23 h'],
  ['2026-11-26T12:00:00Z', 'há 1 dia'],
  ['2026-11-24T12:00:00Z', 'há 3 dias'],
])('%s is %s', (instant, words) => {
  expect(sinceWords(instant, now)).toBe(words);
});
