import { describe, expect, it } from 'vitest';
import { partOf, type SharedMicrophone } from './shared-microphone.ts';
import { FakeEngine, fakeVad, levelOf } from './testing/fake-speech.ts';
import { createTranscriber } from './transcriber.ts';
import type { UtteranceEvent } from './transcriber-events.ts';
import type { Utterance } from './utterance.ts';

const silence = (seconds: number) => new Int16Array(Math.round(seconds * 16_000));
const join = (...sounds: Int16Array[]) => Int16Array.from(sounds.flatMap((sound) => [...sound]));

/** Words up to 4 are the one person's, from 5 on the other's. */
const personOf = (pcm: Float32Array) =>
  (pcm.find((sample) => sample !== 0) ?? 0) * 32_768 < 1_005 ? 'one' : 'other';

/** Hears the person in the level of the sound, and what it was told in which order. */
class FakeSharedMicrophone implements SharedMicrophone {
  readonly people = new Map<string, string>();
  /** What is known of the voices may change while a text is on its way. */
  confused = false;

  async partsOf(utterance: Utterance): Promise<readonly Utterance[]> {
    const { pcm } = utterance;
    const change = pcm.findIndex((sample) => sample * 32_768 >= 1_005);
    const whole = change < 0 || personOf(pcm) === 'other';
    return whole
      ? [utterance]
      : [partOf(utterance, 0, change), partOf(utterance, change, pcm.length)];
  }

  async takeoverIn({ pcm }: Utterance): Promise<number | null> {
    const change = pcm.findIndex((sample) => sample * 32_768 >= 1_005);
    return change > 0 && pcm.length - change >= 16_000 ? change : null;
  }

  async overhears(): Promise<void> {}

  async heard(id: string, part: Utterance): Promise<void> {
    this.people.set(id, personOf(part.pcm));
  }

  sameSpeaker(ids: readonly string[]): boolean {
    return !this.confused && new Set(ids.map((id) => this.people.get(id))).size === 1;
  }
}

function listen(sound: Int16Array, options: { engine?: FakeEngine } = {}) {
  const microphone = new FakeSharedMicrophone();
  const events: UtteranceEvent[] = [];
  const engine = options.engine ?? new FakeEngine();
  const transcriber = createTranscriber({
    streamKey: 'stream',
    roomId: 'room',
    engine,
    vadFactory: fakeVad,
    sharedMicrophone: microphone,
    onEvent: (event) => event.type === 'utterance' && event.isFinal && events.push(event),
    onError: (error) => {
      throw error;
    },
  });
  transcriber.feed(sound, 0);
  return { events, microphone, engine, drained: transcriber.drain() };
}

async function finalsOf(sound: Int16Array) {
  const { events, drained } = listen(sound);
  await drained;
  return events;
}

describe('a part of an utterance', () => {
  it('has the frames that lie in it, and their speech alone', () => {
    const utterance: Utterance = {
      index: 0,
      startSample: 512,
      endSample: 512 * 9,
      speechStartSample: 1_024,
      speechEndSample: 512 * 8,
      pcm: new Float32Array(512 * 8),
      speechSeconds: (5 * 512) / 16_000,
      speechProbability: 0.84,
      overlapSamples: 512,
      probabilities: Float32Array.of(0.1, 0.9, 0.9, 0.2, 0.8, 0.8, 0.8, 0.1),
    };
    const [first, second] = [partOf(utterance, 0, 1_900), partOf(utterance, 1_900, 4_096)];
    expect(first).toMatchObject({
      startSample: 512,
      endSample: 2_560,
      speechStartSample: 1_024,
      speechEndSample: 2_560,
      speechSeconds: (2 * 512) / 16_000,
      overlapSamples: 512,
    });
    expect(second).toMatchObject({
      startSample: 2_560,
      endSample: 4_608,
      speechStartSample: 2_560,
      speechEndSample: 4_096,
      speechSeconds: (3 * 512) / 16_000,
      overlapSamples: 0,
    });
    expect(second.speechProbability).toBeCloseTo(0.8);
    expect([...first.probabilities, ...second.probabilities]).toHaveLength(8);
    expect(partOf(utterance, 0, 4_096)).toBe(utterance);
  });
});

describe('a microphone that two people share', () => {
  it('gives each person’s part of an utterance as an utterance of its own', async () => {
    const { events, microphone, engine, drained } = listen(
      join(silence(1.024), levelOf(1, 0.96), levelOf(6, 0.96), silence(3)),
    );
    await drained;
    const finals = events;
    expect(finals.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['palavra1', 1_024, 1_984],
      ['palavra6', 1_984, 2_944],
    ]);
    expect(finals.map(({ id }) => microphone.people.get(id))).toEqual(['one', 'other']);
    // The guess in the pause decoded the parts; nothing is decoded again for the finals.
    const decoded = engine.asked.filter((job) => job.priority() === 'final');
    expect(decoded.map((job) => Math.round(job.pcm.length / 1_600))).toEqual([12, 12]);
  });

  it('gives the first person’s text while the other still speaks', async () => {
    const engine = new FakeEngine();
    const { events, drained } = listen(
      join(silence(1.024), levelOf(1, 1.92), silence(0.32), levelOf(6, 12), silence(3)),
      { engine },
    );
    const ofTheOther = (job: { pcm: ArrayLike<number> }) =>
      Array.from(job.pcm).some((sample) => sample * 32_768 >= 1_005);
    let whenLong: string[] | null = null;
    engine.answer = (job) => {
      if (ofTheOther(job) && job.pcm.length > 6 * 16_000) {
        whenLong ??= events.map(({ text }) => text);
      }
      return Promise.resolve(engine.heard(job));
    };
    await drained;
    expect(whenLong).toEqual(['palavra1']);
    expect(events.map(({ text }) => text)).toEqual(['palavra1', 'palavra6']);
  });

  it('joins a person’s sentences into a turn, and never two people’s', async () => {
    const finals = await finalsOf(
      join(levelOf(1, 1), silence(0.8), levelOf(2, 1), silence(0.8), levelOf(6, 1), silence(3)),
    );
    const whole = finals.find((event) => event.revision === 1);
    expect(whole).toMatchObject({ text: 'palavra1 palavra2', id: finals[0]?.id });
    expect(finals.filter((event) => event.text.includes('palavra6'))).toHaveLength(1);
  });

  it('lets the sentences stand when the voices turn out to be two while the turn is decoded', async () => {
    const engine = new FakeEngine();
    const { events, microphone, drained } = listen(
      join(levelOf(1, 1), silence(0.8), levelOf(2, 1), silence(3)),
      { engine },
    );
    engine.answer = (job) => {
      if (job.priority() === 'revision') microphone.confused = true;
      return Promise.resolve(engine.heard(job));
    };
    await drained;
    expect(engine.asked.some((job) => job.priority() === 'revision')).toBe(true);
    expect(events.map((event) => event.text)).toEqual(['palavra1', 'palavra2']);
  });
});
