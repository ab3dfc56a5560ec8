/** Numbers in −1…1 from a fixed seed, so that every run hears the same. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
}

export interface RoomEcho {
  /** Level of the echo over the original, decibels. */
  readonly levelDb: number;
  readonly delayMs: number;
  /** Reverberation time of the room: a decay by 60 dB. */
  readonly reverbSeconds?: number;
  readonly seed?: number;
}

const REFLECTIONS = 300;

/**
 * A voice as another person's microphone hears it from a loudspeaker: later, quieter, with the
 * reflections of a room, whose energy is half of the direct sound's.
 */
export function roomEcho(voice: Int16Array, echo: RoomEcho): Float32Array {
  const next = numbersFrom(echo.seed ?? 1);
  const reverb = (echo.reverbSeconds ?? 0.4) * 16_000;
  const taps = Array.from({ length: REFLECTIONS }, () => {
    const at = Math.floor(((next() + 1) / 2) * reverb);
    return { at, gain: next() * Math.exp((-6.9 * at) / reverb) };
  });
  const energy = taps.reduce((sum, { gain }) => sum + gain * gain, 0);
  const wet = Math.sqrt(0.5 / energy);
  const level = 10 ** (echo.levelDb / 20) / Math.sqrt(1.5);
  const delay = Math.round(echo.delayMs * 16);
  const out = new Float32Array(voice.length);
  for (const { at, gain } of [
    ...taps.map((tap) => ({ ...tap, gain: tap.gain * wet })),
    { at: 0, gain: 1 },
  ]) {
    const offset = delay + at;
    const factor = gain * level;
    for (let t = offset; t < out.length; t += 1) {
      out[t] = (out[t] as number) + factor * (voice[t - offset] as number);
    }
  }
  return out;
}

/** Two sounds at once, clipped to 16 bit. */
export function mixed(a: Int16Array, b: Float32Array): Int16Array {
  return a.map((sample, i) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample + (b[i] ?? 0)))),
  );
}
