import type { Pcm } from './ports.ts';

export const SAMPLES_PER_SECOND = 16_000;
export const SAMPLES_PER_MS = SAMPLES_PER_SECOND / 1_000;

/** Samples as floats in −1…1; floats are passed on uncopied. */
export function toFloat(pcm: Pcm): Float32Array {
  if (pcm instanceof Float32Array) return pcm;
  const out = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i += 1) out[i] = (pcm[i] as number) / 32_768;
  return out;
}

/** Samples as 16-bit integers, clipped; integers are passed on uncopied. */
export function toInt16(pcm: Pcm): Int16Array {
  if (pcm instanceof Int16Array) return pcm;
  const out = new Int16Array(pcm.length);
  for (let i = 0; i < pcm.length; i += 1) {
    const sample = Math.floor((pcm[i] as number) * 32_768 + 0.5);
    out[i] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
  }
  return out;
}

export function samplesToMs(samples: number): number {
  return Math.round(samples / SAMPLES_PER_MS);
}

export function samplesToSeconds(samples: number): number {
  return samples / SAMPLES_PER_SECOND;
}
