import { describe, expect, it } from 'vitest';
import { WaveformMeter } from './waveform.ts';

describe('the waveform', () => {
  it('holds the loudest sample of each tenth of a second, in parts of a hundred', () => {
    const meter = new WaveformMeter();
    const second = new Int16Array(16_000);
    second[100] = -32_768;
    second[1700] = 16_384;
    meter.add(second);
    meter.add(new Int16Array(800).fill(3277));
    expect(meter.finish()).toEqual({
      version: 1,
      perSecond: 10,
      durationMs: 1050,
      peaks: [100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 10],
    });
  });

  it('does not depend on how the sound is cut', () => {
    const sound = Int16Array.from({ length: 20_000 }, (_, i) => (i * 37) % 30_000);
    const whole = new WaveformMeter();
    whole.add(sound);
    const cut = new WaveformMeter();
    for (let from = 0; from < sound.length; from += 333) cut.add(sound.subarray(from, from + 333));
    expect(cut.finish()).toEqual(whole.finish());
  });
});
