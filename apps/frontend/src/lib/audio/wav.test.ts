import { expect, it } from 'vitest';
import { wavOfPcm } from './wav.ts';

it('a WAV says how long it is, at which rate, and holds the samples in order', async () => {
  const pieces = [new Int16Array([1, -2]).buffer, new Int16Array([3]).buffer];
  const wav = new DataView(await wavOfPcm(pieces, 16_000).arrayBuffer());
  expect(wav.byteLength).toBe(44 + 6);
  expect(wav.getUint32(4, true)).toBe(wav.byteLength - 8);
  expect(wav.getUint32(24, true)).toBe(16_000);
  expect(wav.getUint32(28, true)).toBe(32_000);
  expect(wav.getUint32(40, true)).toBe(6);
  expect([44, 46, 48].map((at) => wav.getInt16(at, true))).toEqual([1, -2, 3]);
});
