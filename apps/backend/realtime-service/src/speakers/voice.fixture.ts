/** A voice made of pulses through resonances: enough of a vocal tract to have cepstra of its own. */
export interface VoiceShape {
  /** Hertz. */
  readonly pitch: number;
  /** Length of the vocal tract over a usual one: scales the resonances down. */
  readonly tract?: number;
  readonly seconds: number;
  readonly seed?: number;
  readonly gain?: number;
  /** Shorter syllables say sooner what a voice is like. */
  readonly syllableSeconds?: number;
}

const RATE = 16_000;
const VOWELS = [
  [750, 1_200, 2_600],
  [400, 2_000, 2_650],
  [300, 2_250, 3_000],
  [450, 850, 2_500],
  [330, 750, 2_400],
] as const;

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Syllables of changing vowels with short dips between them; the same for the same shape. */
export function aVoice(shape: VoiceShape) {
  const { pitch, tract = 1, seconds, seed = 1, gain = 0.2, syllableSeconds = 0.2 } = shape;
  const syllableSamples = Math.round(syllableSeconds * RATE);
  const random = randomOf(seed);
  const out = new Float32Array(Math.round(seconds * RATE));
  const memory = [0, 0, 0, 0, 0, 0];
  let vowel: readonly number[] = VOWELS[0];
  let phase = 0;
  for (let i = 0; i < out.length; i += 1) {
    const within = i % syllableSamples;
    if (within === 0) vowel = VOWELS[Math.floor(random() * VOWELS.length)] ?? VOWELS[0];
    phase += (pitch * (1 + 0.05 * Math.sin(i / 9_000))) / RATE;
    let source = phase >= 1 ? 1 : 0;
    if (phase >= 1) phase -= 1;
    source += 0.02 * (random() - 0.5);
    let sum = 0;
    for (let f = 0; f < 3; f += 1) {
      const radius = Math.exp((-Math.PI * (60 + 40 * f)) / RATE);
      const angle = (2 * Math.PI * (vowel[f] as number)) / tract / RATE;
      const [one, two] = [memory[2 * f] as number, memory[2 * f + 1] as number];
      const value = source + 2 * radius * Math.cos(angle) * one - radius * radius * two;
      memory[2 * f + 1] = one;
      memory[2 * f] = value;
      sum += value / (f + 1);
    }
    const envelope = Math.sin((Math.PI * (within + 200)) / (syllableSamples + 400));
    out[i] = 0.05 * gain * envelope * sum + 0.0005 * (random() - 0.5);
  }
  return out;
}

/** Two people that nobody confuses. */
export const WOMAN = { pitch: 215, tract: 0.85 } as const;
export const MAN = { pitch: 105, tract: 1.12 } as const;

export function silence(seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => ((i * 7) % 3) * 1e-4);
}

export function joined(...sounds: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(sounds.reduce((sum, sound) => sum + sound.length, 0));
  let at = 0;
  for (const sound of sounds) {
    out.set(sound, at);
    at += sound.length;
  }
  return out;
}
