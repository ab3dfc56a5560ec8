import { describe, expect, it } from 'vitest';
import { decodeSound, encodeSound } from './sound-message.ts';

const sound = {
  streamId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11',
  sub: 'Helena',
  originMs: 1_234,
  positionSamples: 4_800,
  pcm: Int16Array.of(1, -2, 32_767, -32_768),
};

describe('sound between nodes', () => {
  it('arrives as it was sent', () => {
    expect(decodeSound(encodeSound('a', sound))).toEqual({ node: 'a', sound });
  });

  it('is sent from the middle of a larger buffer too', () => {
    const pcm = Int16Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    expect(decodeSound(encodeSound('a', { ...sound, pcm }))?.sound.pcm).toEqual(
      Int16Array.of(1, 2),
    );
  });

  it('that no node wrote is nothing', () => {
    const whole = encodeSound('a', sound);
    const garbage = Buffer.from('{"node":"a"} and something else');
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(3), Buffer.alloc(64), garbage]) {
      expect(decodeSound(bytes)).toBeNull();
    }
    for (let length = 0; length < whole.length - 1; length += 1) {
      const cut = decodeSound(whole.subarray(0, length));
      if (cut !== null) expect(cut.sound.pcm.length).toBeLessThan(sound.pcm.length);
    }
  });
});
