/**
 * Whisper's spectrogram keeps the absolute level, and it writes quiet voices worse: with the sample
 * dialogues at a fifth and a twentieth of their level, word errors rose from 9.9 to 11.8 and 12.8 %;
 * brought back to a usual level they were 10.3 %. A voice at a usual level is left alone.
 */
const USUAL = { least: 0.15, target: 0.35, most: 0.95 } as const;

/** Beyond this, there is no voice to make louder. */
const MOST_GAIN = 40;

/** The share of samples below the level: the loudest few are clicks. */
const LEVEL_QUANTILE = 0.995;
const BINS = 2_048;

/** The level that all but the loudest half per cent of the samples stay below, 0…1. */
export function voiceLevel(pcm: Float32Array): number {
  const histogram = new Uint32Array(BINS);
  for (const sample of pcm) {
    const bin = Math.min(BINS - 1, Math.floor(Math.abs(sample) * BINS));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  let left = pcm.length * (1 - LEVEL_QUANTILE);
  let bin = BINS - 1;
  while (bin > 0 && left >= (histogram[bin] as number)) {
    left -= histogram[bin] as number;
    bin -= 1;
  }
  return (bin + 1) / BINS;
}

/** The sound at a usual level; the same array when it already is. */
export function atUsualLevel(pcm: Float32Array): Float32Array {
  const level = voiceLevel(pcm);
  if (level >= USUAL.least && level <= USUAL.most) return pcm;
  const gain = Math.min(MOST_GAIN, USUAL.target / level);
  return pcm.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}
