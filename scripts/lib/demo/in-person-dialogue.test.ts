import { describe, expect, it } from 'vitest';
import { pcmOf } from '../client/wav.ts';
import { worse } from './in-person-dialogue.ts';

const tone = pcmOf(Buffer.alloc(32_000));
for (let i = 0; i < 16_000; i++) {
  tone.bytes.writeInt16LE(i < 8000 ? Math.round(8000 * Math.sin(i / 5)) : 0, i * 2);
}
const power = (bytes: Buffer, from: number, to: number) => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += bytes.readInt16LE(i * 2) ** 2;
  return sum / (to - from);
};
const as = { noiseDb: null, gain: 1, reverb: false };

describe('a worse room', () => {
  it('is the recording itself when nothing is asked', () => {
    expect(worse(tone, as)).toBe(tone);
  });

  it('has the noise that far below the speech', () => {
    const { bytes } = worse(tone, { ...as, noiseDb: 15 });
    const ratio = power(tone.bytes, 0, 8000) / power(bytes, 8000, 16_000);
    expect(10 * Math.log10(ratio)).toBeGreaterThan(13);
    expect(10 * Math.log10(ratio)).toBeLessThan(17);
  });

  it('is quieter, or rings on', () => {
    const half = worse(tone, { ...as, gain: 0.5 });
    expect(power(half.bytes, 0, 8000) / power(tone.bytes, 0, 8000)).toBeCloseTo(0.25, 3);
    const ringing = worse(tone, { ...as, reverb: true });
    expect(power(ringing.bytes, 8000, 10_000)).toBeGreaterThan(0);
    expect(ringing.durationMs).toBe(tone.durationMs);
    expect(worse(tone, { ...as, reverb: true }).bytes.equals(ringing.bytes)).toBe(true);
  });
});
