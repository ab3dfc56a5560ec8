import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { SpeechJob } from './ports.ts';
import { PRE_ROLL_SAMPLES } from './segmenter-settings.ts';
import { SpeechError } from './speech-error.ts';
import { FakeEngine, fakeVad, levelOf, wordOf } from './testing/fake-speech.ts';
import { createTranscriber } from './transcriber.ts';
import type { TranscriberEvent, UtteranceEvent } from './transcriber-events.ts';
import type { TranscriberOptions } from './transcriber-options.ts';

const silence = (seconds: number) => new Int16Array(Math.round(seconds * 16_000));

function join(...parts: Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** A transcriber that hears every sound that is not silence, and what it said. */
function aTranscriber(engine = new FakeEngine(), options: Partial<TranscriberOptions> = {}) {
  const events: TranscriberEvent[] = [];
  const onError = vi.fn();
  const transcriber = createTranscriber({
    streamKey: 'stream',
    roomId: 'room',
    engine,
    vadFactory: fakeVad,
    onEvent: (event) => events.push(event),
    onError,
    ...options,
  });
  return { transcriber, engine, events, onError };
}

async function transcribe(
  pcm: Int16Array,
  options: Partial<TranscriberOptions> = {},
  chunk = 1_600,
) {
  const one = aTranscriber(new FakeEngine(), options);
  for (let at = 0; at < pcm.length; at += chunk) {
    one.transcriber.feed(pcm.subarray(at, at + chunk), at);
  }
  await one.transcriber.drain();
  expect(one.onError).not.toHaveBeenCalled();
  return one;
}

const finals = (events: TranscriberEvent[]): UtteranceEvent[] =>
  events.flatMap((event) => (event.type === 'utterance' && event.isFinal ? [event] : []));
const partials = (events: TranscriberEvent[]) =>
  events.filter((event) => event.type === 'utterance' && !event.isFinal);

/** What a reader has in the end: revisions applied, replaced rows gone. */
function transcriptOf(events: TranscriberEvent[]): string[] {
  const rows = new Map<string, string>();
  for (const event of finals(events)) {
    rows.set(event.id, event.text);
    for (const id of event.replaces ?? []) rows.delete(id);
  }
  return [...rows.values()];
}

describe('transcriber', () => {
  it('gives one final for an utterance, with the time of its speech', async () => {
    const { events } = await transcribe(join(silence(1), levelOf(1, 1), silence(2)));
    expect(finals(events)).toHaveLength(1);
    expect(finals(events)[0]).toMatchObject({
      revision: 0,
      text: 'palavra1',
      rawText: 'palavra1',
      startMs: 992,
      endMs: 2_016,
      engine: 'fake',
    });
    expect(finals(events)[0]?.confidence).toBeCloseTo(Math.exp(-0.1));
  });

  it('shows partials of an open utterance under the id of its final', async () => {
    const { events } = await transcribe(join(levelOf(1, 3), silence(1)));
    expect(partials(events).length).toBeGreaterThan(0);
    expect(new Set(events.map((event) => event.id)).size).toBe(1);
    expect(events.at(-1)).toMatchObject({ isFinal: true });
  });

  it('uses the guess as the final when nobody goes on, and decodes once', async () => {
    const { engine } = await transcribe(join(levelOf(1, 0.8), silence(1)));
    expect(engine.asked).toHaveLength(1);
    expect(engine.asked[0]?.priority()).toBe('final');
  });

  it('decodes again as a final when the guess was shed', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine);
    engine.answer = (job: SpeechJob) =>
      engine.asked.length === 1
        ? Promise.reject(new SpeechError('shed', 'load'))
        : Promise.resolve(engine.heard(job));
    one.transcriber.feed(join(levelOf(1, 0.8), silence(1)), 0);
    await one.transcriber.drain();
    expect(finals(one.events).map((event) => event.text)).toEqual(['palavra1']);
  });

  it('tries a final again until the engine answers', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine, { retryDelayMs: 1 });
    engine.answer = (job: SpeechJob) =>
      engine.asked.length < 4
        ? Promise.reject(new SpeechError('engine', '503'))
        : Promise.resolve(engine.heard(job));
    one.transcriber.feed(join(levelOf(1, 0.8), silence(1)), 0);
    await one.transcriber.drain();
    expect(finals(one.events)).toHaveLength(1);
    expect(engine.asked).toHaveLength(4);
  });

  it('says so when the engine dies of a sound', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine);
    engine.answer = () => Promise.reject(new SpeechError('set_aside', 'twice'));
    one.transcriber.feed(join(levelOf(1, 0.8), silence(1)), 0);
    await one.transcriber.drain();
    expect(one.events).toMatchObject([{ type: 'failed', reason: 'set_aside' }]);
  });

  it('asks for nothing that anybody who reads along would wait for, when nobody does', async () => {
    const turn = join(levelOf(1, 3), silence(0.8), levelOf(2, 1), silence(2.5));
    const { engine, events } = await transcribe(turn, { deferred: true });
    expect(new Set(engine.asked.map((job) => job.priority()))).toEqual(new Set(['deferred']));
    expect(partials(events)).toEqual([]);
    expect(transcriptOf(events)).toEqual(['palavra1 palavra2']);
    // Two utterances and their turn: no guesses.
    expect(engine.asked).toHaveLength(3);
  });

  it('waits for money where people read along, and not where nobody does', async () => {
    const sound = join(levelOf(1, 0.8), silence(1));
    const unpaidOnce = async (deferred: boolean) => {
      const engine = new FakeEngine();
      const one = aTranscriber(engine, { retryDelayMs: 1, deferred });
      engine.answer = (job) =>
        engine.asked.length === 1
          ? Promise.reject(new SpeechError('unpaid', 'cap'))
          : Promise.resolve(engine.heard(job));
      one.transcriber.feed(sound, 0);
      await one.transcriber.drain();
      return one.events;
    };
    expect(finals(await unpaidOnce(false))).toHaveLength(1);
    expect(await unpaidOnce(true)).toMatchObject([{ type: 'failed', reason: 'unpaid' }]);
  });

  it('drops text that the filters refuse, and says whether a partial was shown', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine);
    engine.answer = (job) =>
      Promise.resolve(engine.heard(job, { text: 'Legendas pela comunidade Amara.org' }));
    one.transcriber.feed(join(levelOf(1, 2), silence(1)), 0);
    await one.transcriber.drain();
    expect(one.events).toMatchObject([
      { type: 'dropped', reason: 'phantom-phrases', hadPartial: false },
    ]);
  });

  it('gives a turn cut at breaths as one utterance afterwards', async () => {
    const turn = join(levelOf(1, 1), silence(0.8), levelOf(2, 1), silence(0.8), levelOf(3, 1));
    const { events } = await transcribe(join(turn, silence(2.5), levelOf(4, 1), silence(1)));
    const [first, second, third, whole, next] = finals(events) as UtteranceEvent[];
    expect(whole).toMatchObject({
      id: first?.id,
      revision: 1,
      text: 'palavra1 palavra2 palavra3',
      replaces: [second?.id, third?.id],
      startMs: first?.startMs,
      endMs: third?.endMs,
    });
    expect(next).toMatchObject({ revision: 0, text: 'palavra4' });
    expect(transcriptOf(events)).toEqual(['palavra1 palavra2 palavra3', 'palavra4']);
  });

  it('lets the parts stand when the whole turn was shed', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine);
    engine.answer = (job) =>
      job.priority() === 'revision'
        ? Promise.reject(new SpeechError('shed', 'load'))
        : Promise.resolve(engine.heard(job));
    one.transcriber.feed(join(levelOf(1, 1), silence(0.8), levelOf(2, 1), silence(3)), 0);
    await one.transcriber.drain();
    expect(transcriptOf(one.events)).toEqual(['palavra1', 'palavra2']);
  });

  it('writes the words at a cut without a pause once', async () => {
    const words = Array.from({ length: 60 }, (_, i) => levelOf(10 + i, 0.5));
    const { events } = await transcribe(join(...words, silence(1)), { revisions: false });
    expect(finals(events).length).toBeGreaterThan(1);
    expect(transcriptOf(events).join(' ')).toBe(words.map((_, i) => wordOf(10 + i)).join(' '));
  });

  it('writes them once too where the second half is a turn that is heard again', async () => {
    const words = Array.from({ length: 60 }, (_, i) => levelOf(10 + i, 0.5));
    const engine = new FakeEngine();
    engine.capabilities.logprobs = true;
    const one = aTranscriber(engine);
    one.transcriber.feed(join(...words, silence(3)), 0);
    await one.transcriber.drain();
    expect(transcriptOf(one.events).join(' ')).toBe(words.map((_, i) => wordOf(10 + i)).join(' '));
  });

  describe('a whole turn that is late', () => {
    const turn = join(levelOf(1, 1), silence(0.8), levelOf(2, 1), silence(3));

    /** An engine that answers what must be answered, and a clock that the test moves. */
    function aSlowEngine() {
      const engine = new FakeEngine();
      const timers: (() => void)[] = [];
      const late = (job: SpeechJob) => job.priority() === 'revision';
      engine.answer = (job) =>
        late(job) ? new Promise(() => undefined) : Promise.resolve(engine.heard(job));
      const one = aTranscriber(engine, {
        startTimer: (_ms, then) => {
          timers.push(then);
          return () => undefined;
        },
      });
      return { ...one, timers, late: () => engine.asked.filter(late) };
    }

    it('is not waited for while somebody reads along', async () => {
      const one = aSlowEngine();
      for (let at = 0; at < turn.length; at += 1_600) {
        one.transcriber.feed(turn.subarray(at, at + 1_600), at);
        await one.transcriber.segmented();
      }
      await vi.waitFor(() => expect(one.late()).toHaveLength(1));
      for (const then of one.timers) then();
      await one.transcriber.drain();
      expect(transcriptOf(one.events)).toEqual(['palavra1', 'palavra2']);
      expect(one.late()[0]?.signal.aborted).toBe(true);
    });

    it('takes its time where a log is caught up with', async () => {
      const one = aSlowEngine();
      one.transcriber.feed(join(turn, silence(10)), 0);
      await vi.waitFor(() => expect(one.late()).toHaveLength(1));
      expect(one.timers).toHaveLength(0);
      one.transcriber.close();
    });
  });

  it('hears a sentence again at other tempi where the engine keeps scores, and gives what it believes most', async () => {
    const engine = new FakeEngine();
    engine.capabilities.logprobs = true;
    const sound = join(levelOf(1, 1), silence(3));
    const own = engine.asked;
    const answer = (better: 'slower' | 'none') => (job: SpeechJob) => {
      const slower = job.pcm.length > (own[0]?.pcm.length ?? 0);
      const isBetter = job.priority() === 'revision' && slower && better === 'slower';
      return Promise.resolve(
        engine.heard(job, isBetter ? { text: 'palavra melhor', avgLogprob: -0.05 } : {}),
      );
    };
    for (const better of ['slower', 'none'] as const) {
      own.length = 0;
      engine.answer = answer(better);
      const one = aTranscriber(engine);
      one.transcriber.feed(sound, 0);
      await one.transcriber.drain();
      // Its own tempo has been heard: that was the final.
      expect(own.filter((job) => job.priority() === 'revision')).toHaveLength(2);
      const [first, second] = finals(one.events);
      expect(first).toMatchObject({ revision: 0, text: 'palavra1' });
      if (better === 'none') expect(second).toBeUndefined();
      else expect(second).toMatchObject({ id: first?.id, revision: 1, text: 'palavra melhor' });
      expect(second?.replaces).toBeUndefined();
    }
  });

  it('numbers the whole turn after a cut later than the text that lost its rags', async () => {
    const engine = new FakeEngine();
    let asked = 0;
    engine.answer = (job) => {
      asked += 1;
      const text = [
        'a dor começou ontem à noi',
        'ontem à noite depois',
        'a dor começou ontem à noite depois',
      ];
      return Promise.resolve(engine.heard(job, { text: text[Math.min(asked, 3) - 1] ?? '' }));
    };
    // Cut without a pause at 3 s: a short longest window keeps the test short.
    const settings = {
      longestFrames: 94,
      cutSearchFrames: 20,
      overlapFrames: 31,
      partialFrames: 999,
    };
    const cut = aTranscriber(engine, { segmenter: settings });
    cut.transcriber.feed(join(levelOf(1, 4), silence(3)), 0);
    await cut.transcriber.drain();
    expect(finals(cut.events).map((event) => [event.revision, event.text])).toEqual([
      [0, 'a dor começou ontem à noi'],
      [1, 'a dor começou ontem à'],
      [0, 'noite depois'],
      [2, 'a dor começou ontem à noite depois'],
    ]);
  });

  it('corrects texts and keeps the raw ones', async () => {
    const { events } = await transcribe(join(levelOf(1, 1), silence(1)), {
      correct: (text) => text.toUpperCase(),
    });
    expect(finals(events)[0]).toMatchObject({ text: 'PALAVRA1', rawText: 'palavra1' });
  });

  it('takes a jump in position and a named gap for silence', async () => {
    const one = aTranscriber();
    one.transcriber.feed(levelOf(1, 1), 0);
    one.transcriber.feed(levelOf(2, 1), 4 * 16_000);
    one.transcriber.gap(5 * 16_000, 9 * 16_000);
    await one.transcriber.segmented();
    await vi.waitFor(() => expect(finals(one.events)).toHaveLength(2));
    expect(finals(one.events)[1]).toMatchObject({ text: 'palavra2', startMs: 4_000 });
  });

  it('gives the same utterances whatever the chunks', async () => {
    const sound = join(
      ...[levelOf(1, 1), silence(0.8), levelOf(2, 0.7), silence(2.7), levelOf(3, 2), silence(1)],
    );
    const places = (events: TranscriberEvent[]) =>
      finals(events).map(({ id, revision, startMs, endMs, text }) => [
        id,
        revision,
        startMs,
        endMs,
        text,
      ]);
    const expected = places((await transcribe(sound)).events);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 37, max: 16_000 }), async (chunk) => {
        expect(places((await transcribe(sound, {}, chunk)).events)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('resumes at a checkpoint with the same ids, and moves it only past what was given', async () => {
    const sound = join(silence(1), levelOf(1, 1), silence(4), levelOf(2, 1), silence(1));
    const engine = new FakeEngine();
    const first = aTranscriber(engine);
    const held = Promise.withResolvers<void>();
    engine.answer = async (job) => {
      await held.promise;
      return engine.heard(job);
    };
    first.transcriber.feed(sound, 0);
    await first.transcriber.segmented();
    expect(first.transcriber.checkpoint).toBe(0);
    expect(first.transcriber.backlogSeconds).toBeGreaterThan(4);
    held.resolve();
    await first.transcriber.drain();
    expect(first.transcriber.backlogSeconds).toBeLessThan(0.1);
    const { checkpoint } = first.transcriber;
    expect(checkpoint).toBeGreaterThan(2 * 16_000);
    expect(checkpoint).toBeLessThan(6 * 16_000);

    const second = aTranscriber(new FakeEngine(), { startSample: checkpoint });
    const from = checkpoint - PRE_ROLL_SAMPLES;
    second.transcriber.feed(sound.subarray(from), from);
    await second.transcriber.drain();
    expect(finals(second.events)).toEqual(finals(first.events).slice(1));
  });

  it('marks the same checkpoints after a resumption, so that the detector forgets at the same places', async () => {
    const sound = silence(11);
    const first = aTranscriber();
    first.transcriber.feed(sound.subarray(0, 3 * 16_000), 0);
    await first.transcriber.segmented();
    const { checkpoint } = first.transcriber;
    expect(checkpoint).toBeGreaterThan(PRE_ROLL_SAMPLES);
    first.transcriber.feed(sound.subarray(3 * 16_000), 3 * 16_000);
    const second = aTranscriber(new FakeEngine(), { startSample: checkpoint });
    const from = checkpoint - PRE_ROLL_SAMPLES;
    second.transcriber.feed(sound.subarray(from), from);
    await Promise.all([first.transcriber.segmented(), second.transcriber.segmented()]);
    expect(second.transcriber.checkpoint).toBe(first.transcriber.checkpoint);
  });

  it('says nothing after it was closed', async () => {
    const engine = new FakeEngine();
    const one = aTranscriber(engine);
    engine.answer = () => new Promise(() => undefined);
    one.transcriber.feed(join(levelOf(1, 1), silence(1)), 0);
    await one.transcriber.segmented();
    one.transcriber.close();
    await one.transcriber.drain();
    expect(one.events).toEqual([]);
    expect(engine.asked.every((job) => job.signal.aborted)).toBe(true);
  });

  it('reports a listener that throws and goes on', async () => {
    const onEvent = vi.fn(() => {
      throw new Error('a defect');
    });
    const one = aTranscriber(new FakeEngine(), { onEvent, partials: false });
    one.transcriber.feed(join(levelOf(1, 1), silence(3), levelOf(2, 1), silence(1)), 0);
    await one.transcriber.drain();
    expect(one.onError).toHaveBeenCalledTimes(2);
    expect(onEvent).toHaveBeenCalledTimes(2);
  });
});
