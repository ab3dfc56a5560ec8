/**
 * The sound played faster (above 1) or slower, pitch and all, by linear interpolation: the
 * perturbation that speech recognisers are trained with (Ko et al., “Audio Augmentation for Speech
 * Recognition”, 2015).
 */
export function atTempo(pcm: Float32Array, tempo: number): Float32Array {
  if (tempo === 1) return pcm;
  const out = new Float32Array(Math.floor(pcm.length / tempo));
  for (let i = 0; i < out.length; i += 1) {
    const at = i * tempo;
    const before = Math.floor(at);
    const a = pcm[before] ?? 0;
    const b = pcm[before + 1] ?? a;
    out[i] = a + (b - a) * (at - before);
  }
  return out;
}
