/** Vowels by their first two formants in hertz, and “s” for noise. */
const VOWELS = {
  a: [750, 1_250],
  e: [500, 1_850],
  i: [300, 2_250],
  o: [500, 900],
  u: [320, 750],
} as const;
type Sound = keyof typeof VOWELS | 's' | ' ';

const SOUND_SECONDS = 0.12;

export interface Speaker {
  /** Hertz. */
  readonly pitch: number;
  /** Length of the vocal tract: 1 for a man, about 1.17 for a woman. */
  readonly formants: number;
  readonly level: number;
  readonly seed: number;
}

export const aMan: Speaker = { pitch: 115, formants: 1, level: 0.2, seed: 1 };
export const aWoman: Speaker = { pitch: 205, formants: 1.17, level: 0.2, seed: 2 };

/** Says a word as a pulse train through two resonances: no person, but a voice with a pitch of its own. */
export function say(word: string, speaker: Speaker): Float32Array {
  const length = Math.round(SOUND_SECONDS * 16_000);
  const out = new Float32Array(word.length * length);
  const random = randomFrom(speaker.seed);
  let phase = 0;
  [...word].forEach((letter, n) => {
    const sound = letter as Sound;
    if (sound === ' ') return;
    const source = new Float32Array(length);
    for (let i = 0; i < length; i += 1) {
      const t = n * SOUND_SECONDS + i / 16_000;
      const pitch =
        speaker.pitch * (1 + 0.08 * Math.sin(2 * Math.PI * (0.9 + 0.1 * speaker.seed) * t));
      phase += pitch / 16_000;
      if (sound === 's') source[i] = 0.3 * random();
      else if (phase >= 1) source[i] = 1;
      if (phase >= 1) phase -= 1;
    }
    const [first, second] = sound === 's' ? [3_000, 3_600] : VOWELS[sound];
    const voiced = resonate(
      resonate(source, first * speaker.formants, 90),
      second * speaker.formants,
      140,
    );
    const loudest = voiced.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
    voiced.forEach((sample, i) => {
      const edge = Math.min(1, i / 320, (length - i) / 320);
      out[n * length + i] = (sample / loudest) * speaker.level * edge;
    });
  });
  return out;
}

/** Deterministic numbers in −1…1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
}

/** A sound as a loudspeaker in a room gives it back: late, quiet, with a decaying tail. */
export function echoOf(
  sound: Float32Array,
  { delayMs, levelDb, seed = 5 }: { delayMs: number; levelDb: number; seed?: number },
): Float32Array {
  const random = randomFrom(seed);
  const taps = Array.from({ length: 120 }, () => {
    const at = Math.floor((random() + 1) * 2_400);
    return { at, gain: 0.12 * random() * Math.exp(-at / 1_000) };
  });
  const level = 10 ** (levelDb / 20);
  const delay = Math.round(delayMs * 16);
  const out = new Float32Array(sound.length);
  for (const { at, gain } of [{ at: 0, gain: 1 }, ...taps]) {
    for (let t = delay + at; t < out.length; t += 1) {
      out[t] = (out[t] as number) + gain * level * (sound[t - delay - at] as number);
    }
  }
  return out;
}

export function plus(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((sample, i) => sample + (b[i] ?? 0));
}

/** A sound at a place within silence, both in seconds. */
export function at(startSeconds: number, sound: Float32Array, lengthSeconds: number): Float32Array {
  const out = new Float32Array(Math.round(lengthSeconds * 16_000));
  out.set(sound, Math.round(startSeconds * 16_000));
  return out;
}

function resonate(source: Float32Array, hertz: number, bandwidth: number): Float32Array {
  const radius = Math.exp((-Math.PI * bandwidth) / 16_000);
  const a = 2 * radius * Math.cos((2 * Math.PI * hertz) / 16_000);
  const b = -radius * radius;
  const out = new Float32Array(source.length);
  for (let i = 0; i < source.length; i += 1) {
    out[i] = (source[i] as number) + a * (out[i - 1] ?? 0) + b * (out[i - 2] ?? 0);
  }
  return out;
}
