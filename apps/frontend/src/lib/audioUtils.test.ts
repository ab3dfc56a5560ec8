import { describe, expect, it } from 'vitest';
import { levelOf, mediaTrouble, rootMeanSquare } from './audioUtils.ts';

describe('levelOf', () => {
  it.each([
    [0, 0],
    [0.001, 0],
    [0.0316, 0.625],
    [0.2512, 1],
    [1, 1],
  ])('rms %f fills %f of the bar', (rms, level) => {
    expect(levelOf(rms)).toBeCloseTo(level, 2);
  });

  it('measures a full sine at −3 dB', () => {
    const sine = Float32Array.from({ length: 1000 }, (_, at) => Math.sin(at / 5));
    expect(rootMeanSquare(sine)).toBeCloseTo(Math.SQRT1_2, 1);
    expect(rootMeanSquare(new Float32Array(0))).toBe(0);
  });
});

it.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'busy'],
  ['TypeError', 'unknown'],
])('%s of getUserMedia is told as %s', (name, trouble) => {
  expect(mediaTrouble(new DOMException('', name))).toBe(trouble);
});
