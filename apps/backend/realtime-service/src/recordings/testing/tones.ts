import { decodeAudio } from '../../media/ffmpeg.ts';

const sampleRate = 16_000;
const loudness = 8000;
const threshold = 1500;
/** A pause shorter than this belongs to one tone. */
const shortestPauseMs = 100;

/** From..to in ms. */
export type Span = readonly [number, number];

/** Tone in the spans, silence elsewhere: speech whose place can be measured. */
export function tones(lengthMs: number, spans: readonly Span[], hertz = 440): Int16Array {
  const pcm = new Int16Array((lengthMs * sampleRate) / 1000);
  for (const [fromMs, toMs] of spans) {
    for (let i = (fromMs * sampleRate) / 1000; i < (toMs * sampleRate) / 1000; i++) {
      pcm[i] = Math.round(loudness * Math.sin((2 * Math.PI * hertz * i) / sampleRate));
    }
  }
  return pcm;
}

/** Where tones are heard, and how long the sound is, both in ms. */
export function listen(pcm: Int16Array): { lengthMs: number; spans: Array<[number, number]> } {
  const spans: Array<[number, number]> = [];
  pcm.forEach((sample, i) => {
    if (Math.abs(sample) < threshold) return;
    const atMs = (i * 1000) / sampleRate;
    const last = spans.at(-1);
    if (last && atMs - last[1] < shortestPauseMs) last[1] = atMs;
    else spans.push([atMs, atMs]);
  });
  return { lengthMs: (pcm.length * 1000) / sampleRate, spans };
}

/** The same for a file, decoded by ffmpeg. */
export async function listenToFile(ffmpeg: string, path: string) {
  const pieces: number[] = [];
  for await (const piece of decodeAudio(ffmpeg, path, AbortSignal.timeout(30_000))) {
    for (const sample of piece) pieces.push(sample);
  }
  return listen(Int16Array.from(pieces));
}
