import { readFile } from 'node:fs/promises';
import { pcmSampleRate } from '@medcall/shared-types';

/** Samples of a recording: PCM 16 bit little-endian, mono, 16 kHz. */
export interface Pcm {
  bytes: Buffer;
  durationMs: number;
}

const bytesPerMs = (pcmSampleRate * 2) / 1000;

/** Reads a RIFF/WAVE file. @throws Error naming the file and the rule when it is not PCM16 mono 16 kHz */
export async function readWav(file: string): Promise<Pcm> {
  return parseWav(await readFile(file), file);
}

export function parseWav(file: Buffer, name = 'WAV'): Pcm {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error(`${name}: não é um arquivo WAV.`);
  }
  let format: { encoding: number; channels: number; rate: number; bits: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ') {
      format = {
        encoding: file.readUInt16LE(body),
        channels: file.readUInt16LE(body + 2),
        rate: file.readUInt32LE(body + 4),
        bits: file.readUInt16LE(body + 14),
      };
    }
    if (id === 'data') {
      if (
        format?.encoding !== 1 ||
        format.channels !== 1 ||
        format.rate !== pcmSampleRate ||
        format.bits !== 16
      ) {
        throw new Error(`${name}: precisa ser PCM de 16 bits, mono, 16 kHz.`);
      }
      const bytes = file.subarray(body, Math.min(body + size, file.length));
      return pcmOf(bytes.subarray(0, bytes.length - (bytes.length % 2)));
    }
    // Chunks are padded to an even length.
    at = body + size + (size % 2);
  }
  throw new Error(`${name}: não tem áudio.`);
}

export function pcmOf(bytes: Buffer): Pcm {
  return { bytes, durationMs: bytes.length / bytesPerMs };
}

/** The bytes of `lengthMs` from `fromMs`; shorter at the end of the recording. */
export function slice(pcm: Pcm, fromMs: number, lengthMs: number): Buffer {
  return pcm.bytes.subarray(fromMs * bytesPerMs, (fromMs + lengthMs) * bytesPerMs);
}

/** Lengthens a recording with silence, so that two tracks end together. */
export function padTo(pcm: Pcm, durationMs: number): Pcm {
  const missing = 2 * Math.round(((durationMs - pcm.durationMs) * bytesPerMs) / 2);
  return missing <= 0 ? pcm : pcmOf(Buffer.concat([pcm.bytes, Buffer.alloc(missing)]));
}
