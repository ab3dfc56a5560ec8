/**
 * The sound played faster (above 1) or slower, pitch and all, by linear interpolation: the
 * perturbation that speech recognisers are trained with (Ko et al., “Audio Augmentation for Speech
 * Recognition”, 2015).
 */
export function atTempo(pcm: Float32Array, tempo: number): Float32Array {
  if (tempo === 1) return pcm;
  const out = new Float32Array(Math.floor(pcm.length / tempo));
  const last = pcm.length - 1;
  for (let i = 0; i < out.length; i += 1) {
    const at = i * tempo;
    const before = Math.min(Math.floor(at), last);
    const a = pcm[before] as number;
    const b = pcm[before < last ? before + 1 : last] as number;
    out[i] = a + (b - a) * (at - before);
  }
  return out;
}
