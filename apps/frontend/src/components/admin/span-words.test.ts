import { expect, it } from 'vitest';
import { spanWords } from './span-words.ts';

it.each([
  [0, ''],
  [30, '30 minutos'],
  [60, '1 hora'],
  [120, '2 horas'],
  [90, '90 minutos'],
  [1440, '1 dia'],
  [10_080, '7 dias'],
])('%i minutes are “%s”', (minutes, words) => {
  expect(spanWords(minutes)).toBe(words);
});
