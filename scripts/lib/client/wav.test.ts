import { describe, expect, it } from 'vitest';
import { padTo, parseWav, pcmOf, slice } from './wav.ts';

function aWav(change: { channels?: number; rate?: number; bits?: number } = {}): Buffer {
  const { channels = 1, rate = 16_000, bits = 16 } = change;
  const format = Buffer.alloc(24);
  format.write('fmt ', 0, 'latin1');
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(1, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(rate, 12);
  format.writeUInt16LE(bits, 22);
  const extra = Buffer.from('LIST\u0003\0\0\0abc\0', 'latin1');
  const sound = Buffer.alloc(8 + 3200);
  sound.write('data', 0, 'latin1');
  sound.writeUInt32LE(3200, 4);
  sound.writeInt16LE(1234, 8);
  return Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), format, extra, sound]);
}

describe('reading a WAV', () => {
  it('finds the samples behind other chunks', () => {
    const pcm = parseWav(aWav());
    expect(pcm.durationMs).toBe(100);
    expect(pcm.bytes.readInt16LE(0)).toBe(1234);
  });

  it.each([
    ['44.1 kHz', { rate: 44_100 }],
    ['stereo', { channels: 2 }],
    ['24 bit', { bits: 24 }],
  ])('refuses %s', (_name, change) => {
    expect(() => parseWav(aWav(change), 'x.wav')).toThrow(/x\.wav.*16 kHz/);
  });

  it('refuses what is no WAV', () => {
    expect(() => parseWav(Buffer.from('ID3 something else'))).toThrow(/WAV/);
  });

  it('cuts by time and pads with silence', () => {
    const pcm = pcmOf(Buffer.alloc(32_000, 1));
    expect(slice(pcm, 950, 100)).toHaveLength(1600);
    expect(padTo(pcm, 1500).durationMs).toBe(1500);
    expect(padTo(pcm, 500)).toBe(pcm);
  });
});
