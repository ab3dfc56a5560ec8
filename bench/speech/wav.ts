import { readFile } from 'node:fs/promises';

/** Reads a mono 16 kHz 16-bit WAV file; throws on any other. */
export async function readWav(path: string): Promise<Int16Array> {
  const file = await readFile(path);
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new TypeError(`${path} is not a WAV file`);
  let at = 12;
  while (at + 8 <= file.length) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      const [channels, rate, bits] = [
        file.readUInt16LE(at + 10),
        file.readUInt32LE(at + 12),
        file.readUInt16LE(at + 22),
      ];
      if (channels !== 1 || rate !== 16_000 || bits !== 16) {
        throw new TypeError(`${path} is not mono 16 kHz 16 bit`);
      }
    }
    if (name === 'data') {
      const samples = new Int16Array(size / 2);
      for (let i = 0; i < samples.length; i += 1) {
        samples[i] = file.readInt16LE(at + 8 + 2 * i);
      }
      return samples;
    }
    at += 8 + size + (size % 2);
  }
  throw new TypeError(`${path} has no data`);
}
