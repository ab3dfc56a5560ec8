import { toInt16 } from '../speech/pcm.ts';
import type { Pcm } from '../speech/ports.ts';

const headerBytes = 44;
const sampleRate = 16_000;

/** A WAV file (RIFF, PCM 16 bit, mono, 16 kHz) of the sound. */
export function toWav(pcm: Pcm): Buffer {
  const samples = toInt16(pcm);
  const bytes = Buffer.alloc(headerBytes + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(sample, headerBytes + index * 2);
  }
  return bytes;
}
