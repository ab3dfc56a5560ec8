/** Deterministic noise, so that the same recording always gives the same profile. */
function noiseSource(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2_147_483_648 - 1;
  };
}

function flat(length: number): Float32Array {
  const next = noiseSource();
  return Float32Array.from({ length }, next);
}

/** Falls towards high tones, as fans and streets do. */
function falling(length: number): Float32Array {
  const next = noiseSource();
  let [slow, slower] = [0, 0];
  return Float32Array.from({ length }, () => {
    const fresh = next();
    slow = 0.75 * slow + fresh;
    slower = 0.98 * slower + fresh;
    return slow + 0.35 * slower;
  });
}

const power = (pcm: Float32Array) => pcm.reduce((sum, s) => sum + s * s, 0) / pcm.length;

/** How much louder than the noise the voice is in the copies, from a quiet room to a poor one. */
const DECIBELS = [24, 16, 10] as const;

/**
 * The recording as it is, and as it would sound in rooms with noise. A voice enrolled in quiet is
 * then compared in the copy that is most like the room (multi-condition enrolment).
 *
 * Source: J. Ming et al., "Robust speaker recognition in noisy conditions", IEEE Trans. ASLP 15(5),
 * 2007.
 */
export function noisyCopies(pcm: Float32Array): Float32Array[] {
  const speech = power(pcm);
  const copies = [flat(pcm.length), falling(pcm.length)].flatMap((noise) =>
    DECIBELS.map((decibels) => {
      const gain = Math.sqrt(speech / power(noise) / 10 ** (decibels / 10));
      return pcm.map((sample, i) => sample + gain * (noise[i] as number));
    }),
  );
  return [pcm, ...copies];
}
