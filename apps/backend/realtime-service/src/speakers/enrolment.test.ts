import { describe, expect, it } from 'vitest';
import { enrolVoice, profileFor } from './enrolment.ts';
import { aVoice, joined, MAN, silence } from './voice.fixture.ts';
import { createMfccEmbedder } from './voice-features.ts';

const embedder = createMfccEmbedder();
const reading = (changes: { gain?: number; seconds?: number } = {}) =>
  joined(silence(0.5), aVoice({ ...MAN, seconds: 7, ...changes }), silence(1));

async function problemsOf(pcm: Float32Array) {
  const enrolment = await enrolVoice(pcm, embedder);
  return enrolment.ok ? [] : enrolment.problems;
}

describe('enrolment of a voice', () => {
  it('makes a profile that survives JSON and is the same every time', async () => {
    const [one, two] = [
      await enrolVoice(reading(), embedder),
      await enrolVoice(reading(), embedder),
    ];
    expect(one).toEqual(two);
    if (!one.ok) throw new Error(one.problems.join());
    const stored: unknown = JSON.parse(JSON.stringify(one.profile));
    expect(profileFor(stored, embedder)).toEqual(one.profile);
  });

  it('takes 16-bit samples as well', async () => {
    const integers = Int16Array.from(reading(), (sample) => Math.round(sample * 32_767));
    expect((await enrolVoice(integers, embedder)).ok).toBe(true);
  });

  it('refuses what is too short', async () => {
    expect(await problemsOf(aVoice({ ...MAN, seconds: 3 }))).toContain('too_short');
  });

  it('refuses mostly silence', async () => {
    const pcm = joined(silence(6), aVoice({ ...MAN, seconds: 1.5 }));
    expect(await problemsOf(pcm)).toContain('too_little_speech');
  });

  it('refuses a whisper far from the microphone', async () => {
    expect(await problemsOf(reading().map((sample) => sample / 200))).toContain('too_quiet');
  });

  it('refuses an overdriven recording', async () => {
    const loud = reading().map((sample) => Math.max(-1, Math.min(1, sample * 60)));
    expect(await problemsOf(loud)).toContain('clipped');
  });

  it('refuses a voice that drowns in noise', async () => {
    let state = 1;
    const pcm = reading().map((sample) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return sample + 0.3 * (state / 2_147_483_648 - 1);
    });
    expect(await problemsOf(pcm)).toContain('noisy');
  });

  it('does not use a profile of another embedder or of another shape', async () => {
    const enrolment = await enrolVoice(reading(), embedder);
    if (!enrolment.ok) throw new Error(enrolment.problems.join());
    expect(profileFor({ ...enrolment.profile, embedder: 'other' }, embedder)).toBeNull();
    expect(profileFor({ ...enrolment.profile, vectors: [[1, 2]] }, embedder)).toBeNull();
    expect(profileFor('nonsense', embedder)).toBeNull();
  });
});
