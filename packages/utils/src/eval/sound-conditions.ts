/** Copies of a recording as a worse room or microphone would give it; the same in every run. */

const SAMPLE_RATE = 16_000;
/** Power of the direct sound over that of the added reverberation. */
const DIRECT_TO_REVERBERANT = 10 ** (3 / 10);
const REVERBERATION_SECONDS = 0.5;
const PULSES_PER_SECOND = 1_500;

export type Random = () => number;

/** Uniform numbers in 0…1 from a seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function whiteNoise(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => gaussian(random));
}

/** −3 dB an octave, by Paul Kellet's filter. */
export function pinkNoise(length: number, random: Random): Float32Array {
  let [b0, b1, b2] = [0, 0, 0];
  return whiteNoise(length, random).map((white) => {
    b0 = 0.99765 * b0 + white * 0.099046;
    b1 = 0.963 * b1 + white * 0.2965164;
    b2 = 0.57 * b2 + white * 1.0526913;
    return b0 + b1 + b2 + white * 0.1848;
  });
}

/** Many voices at once, none to be understood: other recordings backwards, on top of each other. */
export function babble(length: number, others: readonly Float32Array[], random: Random) {
  const out = new Float32Array(length);
  for (const other of others) {
    for (let copy = 0; copy < 4; copy += 1) {
      const shift = Math.floor(random() * other.length);
      for (let i = 0; i < length; i += 1) {
        out[i] =
          (out[i] as number) + (other[other.length - 1 - ((i + shift) % other.length)] as number);
      }
    }
  }
  return out;
}

/** Mean power of the loud part of a recording: its pauses do not count as signal. */
function speechPower(pcm: Float32Array): number {
  const frames: number[] = [];
  for (let at = 0; at + 512 <= pcm.length; at += 512) {
    let sum = 0;
    for (const sample of pcm.subarray(at, at + 512)) sum += sample * sample;
    frames.push(sum / 512);
  }
  const loudest = Math.max(...frames);
  const speech = frames.filter((power) => power > loudest / 1_000);
  return speech.reduce((sum, power) => sum + power, 0) / Math.max(1, speech.length);
}

export function addNoise(pcm: Float32Array, noise: Float32Array, snrDecibels: number) {
  const noisePower = noise.reduce((sum, sample) => sum + sample * sample, 0) / noise.length;
  const gain = Math.sqrt(speechPower(pcm) / noisePower / 10 ** (snrDecibels / 10));
  return pcm.map((sample, i) => sample + gain * (noise[i] as number));
}

/**
 * A livelier room: a decaying tail of sparse random pulses, which sounds as dense as noise at a
 * fraction of the work (velvet noise, Karjalainen and Järveläinen, AES 30th Conf., 2007).
 */
export function reverberate(pcm: Float32Array, random: Random): Float32Array {
  const taps = Array.from({ length: REVERBERATION_SECONDS * PULSES_PER_SECOND }, (_, i) => {
    const seconds = 0.002 + (i + random()) / PULSES_PER_SECOND;
    const decay = 10 ** ((-3 * seconds) / REVERBERATION_SECONDS);
    return { delay: Math.round(seconds * SAMPLE_RATE), gain: random() < 0.5 ? decay : -decay };
  });
  const power = taps.reduce((sum, { gain }) => sum + gain * gain, 0);
  const scale = Math.sqrt(1 / DIRECT_TO_REVERBERANT / power);
  const out = Float32Array.from(pcm);
  for (const { delay, gain } of taps) {
    const scaled = gain * scale;
    for (let i = delay; i < out.length; i += 1) {
      out[i] = (out[i] as number) + scaled * (pcm[i - delay] as number);
    }
  }
  return out;
}

/** As a 16-bit microphone stores it. */
export function quantised(pcm: Float32Array): Int16Array {
  return Int16Array.from(pcm, (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  );
}

export const CONDITIONS = ['clean', 'white', 'pink', 'babble', 'half', 'reverb'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** One recording under one condition; noise at 15 dB. `others` are what babble is made of. */
export function underCondition(
  pcm: Float32Array,
  condition: Condition,
  others: readonly Float32Array[],
  seed = 7,
): Float32Array {
  const random = seededRandom(seed);
  switch (condition) {
    case 'clean':
      return pcm;
    case 'white':
      return addNoise(pcm, whiteNoise(pcm.length, random), 15);
    case 'pink':
      return addNoise(pcm, pinkNoise(pcm.length, random), 15);
    case 'babble':
      return addNoise(pcm, babble(pcm.length, others, random), 15);
    case 'half':
      return pcm.map((sample) => sample / 2);
    case 'reverb':
      return reverberate(pcm, random);
  }
}
