import { describe, expect, it } from 'vitest';
import { echoFrames, REACH_SAMPLES } from './echo-frames.ts';
import { HOP_SAMPLES } from './spectrogram.ts';
import { aMan, at, aWoman, echoOf, plus, randomFrom, say } from './voice.fixture.ts';

const QUESTION = 'oseaiu aseo uiase oesi aeiosu eaos';
const seconds = 5.5;
const doctor = at(0.6, say(QUESTION, aMan), seconds);

/** The share of the frames between two moments that are taken for echo. */
function echoShare(
  copy: Float32Array,
  original: Float32Array,
  [from, to]: readonly [number, number],
): number {
  const padded = new Float32Array(original.length + 2 * REACH_SAMPLES);
  padded.set(original, REACH_SAMPLES);
  const frames = echoFrames(copy, padded);
  if (frames === null) return 0;
  const part = frames.slice((from * 16_000) / HOP_SAMPLES, (to * 16_000) / HOP_SAMPLES);
  return part.reduce((sum, one) => sum + one, 0) / part.length;
}

/** The noise of a room and of a microphone, −62 dB. */
const noise = (sound: Float32Array, seed = 9) => {
  const random = randomFrom(seed);
  return sound.map((sample) => sample + 0.0008 * random());
};

describe('echo', () => {
  it.each([
    [-12, 80],
    [-12, 300],
    [-20, 80],
    [-20, 300],
    [-12, 1_200],
    // The clocks of two streams may differ: then it can seem to come first.
    [-12, -300],
  ])('is found at %i dB, %i ms later', (levelDb, delayMs) => {
    const heard = noise(
      delayMs < 0
        ? at(0, echoOf(doctor, { delayMs: 0, levelDb }).slice(-delayMs * 16), seconds)
        : echoOf(doctor, { delayMs, levelDb }),
    );
    const from = 0.7 + delayMs / 1_000;
    expect(echoShare(heard, doctor, [from, Math.min(seconds, from + 3.8)])).toBeGreaterThan(0.9);
  });

  it('is not found in what another person says', () => {
    const patient = at(0.6, say('aueos iaso eusai oseia uoesa', aWoman), seconds);
    expect(echoShare(noise(patient), doctor, [0.6, 4])).toBe(0);
  });

  it('is not found when both say the same at the same time, one more quietly', () => {
    for (const word of ['sim', 'siim', 'oseaiu aseo uiase'].map((w) => w.replaceAll('m', 'i'))) {
      const he = at(1.5, say(word, aMan), 4);
      const she = at(1.55, say(word, { ...aWoman, level: 0.06 }), 4);
      expect(echoShare(noise(she), he, [1.5, 3])).toBeLessThan(0.05);
    }
  });

  it('is not found when somebody repeats the words a moment later', () => {
    const patient = at(1.5, say(QUESTION.slice(0, 30), { ...aWoman, level: 0.06 }), seconds);
    expect(echoShare(noise(patient), doctor, [1.5, 5])).toBe(0);
  });

  it('leaves short answers into the other’s sentence alone', () => {
    const yes = at(2, say('aa', aWoman), seconds);
    expect(echoShare(noise(yes), doctor, [2, 2.24])).toBe(0);
    expect(
      echoShare(
        noise(plus(yes, echoOf(doctor, { delayMs: 150, levelDb: -20 }))),
        doctor,
        [2.02, 2.22],
      ),
    ).toBeLessThan(0.2);
  });

  it('leaves double talk, and takes the echo before and after it', () => {
    const patient = at(2.2, say('eaosu iaes', aWoman), seconds);
    const heard = noise(plus(patient, echoOf(doctor, { delayMs: 150, levelDb: -16 })));
    expect(echoShare(heard, doctor, [2.3, 3.3])).toBeLessThan(0.25);
    expect(echoShare(heard, doctor, [0.9, 2])).toBeGreaterThan(0.85);
    expect(echoShare(heard, doctor, [3.6, 4.6])).toBeGreaterThan(0.85);
  });

  it('never takes the original for the copy, whichever is louder or first', () => {
    const copy = echoOf(doctor, { delayMs: 150, levelDb: -12 });
    expect(echoShare(noise(doctor), copy, [0.7, 4.5])).toBe(0);
    const louder = echoOf(doctor, { delayMs: 150, levelDb: 6 });
    expect(echoShare(noise(doctor), louder, [0.7, 4.5])).toBe(0);
  });

  it('is not looked for where the other is silent', () => {
    expect(echoShare(noise(doctor), new Float32Array(doctor.length), [0, 5])).toBe(0);
  });
});
