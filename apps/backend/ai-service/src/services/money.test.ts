import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromMicros, toMicros } from './money.ts';

it.each([
  [0.003, 3000],
  ['0.000001', 1],
  ['12', 12_000_000],
  ['1.10', 1_100_000],
])('%s BRL are %d micro-reais', (amount, micros) => {
  expect(toMicros(amount)).toBe(micros);
});

it('loses nothing on the way to a decimal string and back', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (micros) => {
      expect(toMicros(fromMicros(micros))).toBe(micros);
    }),
  );
});

it('writes cents at least', () => {
  expect(fromMicros(0)).toBe('0.00');
  expect(fromMicros(1_500_000)).toBe('1.50');
  expect(fromMicros(1)).toBe('0.000001');
});
