import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChunkRecord } from '../audio-log/record.ts';
import { StreamLog } from '../audio-log/stream-log.ts';
import { RoomSound, type RoomTrack } from '../speech/echo/room-sound.ts';
import { FakeEngine, fakeVad, wordOf } from '../speech/testing/fake-speech.ts';
import { createTranscriber, type Transcriber } from '../speech/transcriber.ts';
import type { TranscriberEvent } from '../speech/transcriber-events.ts';
import { LiveStream } from './live-stream.ts';

const second = 16_000;
/** For a machine that is busy with other things. */
const patiently = { timeout: 30_000 };
let folder: string;
let logs: StreamLog[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-stream-'));
  logs = [];
});
afterEach(async () => {
  for (const log of logs) await log.close();
  await rm(folder, { recursive: true });
});

const header = {
  consultationId: randomUUID(),
  sub: randomUUID(),
  stream: 'microphone',
  captureId: '0',
  participantId: randomUUID(),
  speaker: 'PACIENTE',
  sampleRate: 16_000,
  originMs: 0,
} as const;

/** The chunk of a second whose samples tell its number. */
function aChunk(seq: number): ChunkRecord {
  const pcm = new Uint8Array(Int16Array.from({ length: second }, () => seq).buffer);
  return { type: 'chunk', seq, capturedAtMs: null, pcm };
}

/** Takes sound in and says that it has caught up when the test lets it. */
function aTranscriber() {
  const fed: number[] = [];
  const blocks: (() => void)[] = [];
  let held = true;
  const transcriber: Transcriber = {
    get backlogSeconds() {
      return held ? fed.length : 0;
    },
    checkpoint: 0,
    feed: (pcm) => void fed.push(pcm[0] ?? -1),
    gap: () => undefined,
    segmented: async () => undefined,
    caughtUp: () => new Promise((resolve) => blocks.push(resolve)),
    drain: async () => undefined,
    close: () => undefined,
  };
  /** Lets the reader go on as often as it wants to. */
  const release = () => {
    held = false;
    for (const resolve of blocks.splice(0)) resolve();
  };
  return { fed, blocks, release, transcriber };
}

async function aStream(seconds: number, name: string, track?: RoomTrack) {
  const options = { folder: join(folder, name), fence: 1, durability: 'disk' } as const;
  const log = await StreamLog.create(options, header);
  logs.push(log);
  for (let seq = 0; seq < seconds; seq += 1) await log.append(aChunk(seq));
  const ear = aTranscriber();
  const row = {
    ...header,
    id: randomUUID(),
    fence: 1,
    decodedSample: 0,
    tookOver: false,
  };
  const stream = new LiveStream({
    row,
    log,
    transcriber: ear.transcriber,
    now: () => 0,
    track,
  });
  return { ...ear, log, stream };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a long recording that is taken up again', () => {
  it('is fed as its text catches up', async () => {
    const { blocks, fed, release, stream } = await aStream(200, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    expect(fed).toEqual(numbers(61));
    expect(stream.backlogSeconds).toBe(200);
    release();
    await replayed;
    expect(fed).toEqual(numbers(200));
    expect(stream.backlogSeconds).toBe(0);
  });

  it('is followed by what is said meanwhile, each chunk once and in order', async () => {
    const { blocks, fed, release, stream } = await aStream(100, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    for (let seq = 100; seq < 170; seq += 1) await stream.accept(aChunk(seq));
    expect(fed).toEqual(numbers(61));
    release();
    await replayed;
    await stream.accept(aChunk(170));
    expect(fed).toEqual(numbers(171));
  });

  it('stops being read when the stream is closed', async () => {
    const { blocks, fed, release, stream } = await aStream(200, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    stream.close();
    release();
    await replayed;
    expect(fed).toEqual(numbers(61));
  });

  it('waits for the others of the room, whose echo it may be', async () => {
    const room = new RoomSound();
    const [one, other] = [room.join('one', 0), room.join('other', 0)];
    const fast = await aStream(300, 'fast', one);
    const slow = await aStream(300, 'slow', other);
    fast.release();
    const replayed = [fast.stream.replay(), slow.stream.replay()];
    await vi.waitFor(() => expect(slow.blocks).toHaveLength(1), patiently);
    await vi.waitFor(() => expect(fast.fed.length).toBeGreaterThanOrEqual(122), patiently);
    // Nothing else can happen while the slow one stands still.
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(fast.fed).toEqual(numbers(122));
    slow.release();
    await Promise.all(replayed);
    expect(fast.fed).toEqual(numbers(300));
    expect(slow.fed).toEqual(numbers(300));
  });
});

describe('a stream whose text cannot keep up', () => {
  it('leaves what is said in the log until there is room, and then feeds it in order', async () => {
    const { blocks, fed, log, release, stream } = await aStream(0, 'slow');
    for (let seq = 0; seq < 100; seq += 1) await stream.accept(aChunk(seq));
    expect(log.marks.ackedSeq).toBe(99);
    expect(fed).toEqual(numbers(61));
    expect(stream.backlogSeconds).toBe(100);
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    release();
    await vi.waitFor(() => expect(fed).toEqual(numbers(100)), patiently);
    // From here on it is fed as it comes.
    await stream.accept(aChunk(100));
    expect(fed).toEqual(numbers(101));
  });

  it('does not wait in memory for another of the room that is being read', async () => {
    const room = new RoomSound();
    const [one, other] = [room.join('one', 0), room.join('other', 0)];
    const live = await aStream(0, 'live', one);
    const slow = await aStream(200, 'slow', other);
    live.release();
    const replayed = slow.stream.replay();
    await vi.waitFor(() => expect(slow.fed).toHaveLength(61), patiently);
    for (let seq = 0; seq < 200; seq += 1) await live.stream.accept(aChunk(seq));
    expect(live.fed).toEqual(numbers(122));
    slow.release();
    await replayed;
    await vi.waitFor(() => expect(live.fed).toEqual(numbers(200)), patiently);
  });

  it('holds a minute of sound at most however long the engine is away, and loses nothing', async () => {
    const engine = new FakeEngine();
    const held: (() => void)[] = [];
    let away = true;
    engine.answer = (job) =>
      away
        ? new Promise((resolve) => held.push(() => resolve(engine.heard(job))))
        : Promise.resolve(engine.heard(job));
    const events: TranscriberEvent[] = [];
    const transcriber = createTranscriber({
      streamKey: 'slow',
      roomId: 'room',
      engine,
      vadFactory: fakeVad,
      partials: false,
      revisions: false,
      onEvent: (event) => events.push(event),
      onError: (error) => {
        throw error;
      },
    });
    const options = { folder: join(folder, 'slow'), fence: 1, durability: 'disk' } as const;
    const log = await StreamLog.create(options, header);
    logs.push(log);
    const row = { ...header, id: randomUUID(), fence: 1, decodedSample: 0, tookOver: false };
    const fedSeconds: number[] = [];
    const stream = new LiveStream({
      row,
      log,
      transcriber: {
        ...transcriber,
        get backlogSeconds() {
          return transcriber.backlogSeconds;
        },
        get checkpoint() {
          return transcriber.checkpoint;
        },
        feed: (pcm, position) => {
          fedSeconds.push(pcm.length / second);
          transcriber.feed(pcm, position);
        },
        segmented: () => transcriber.segmented(),
        caughtUp: (seconds) => transcriber.caughtUp(seconds),
        drain: () => transcriber.drain(),
        close: () => transcriber.close(),
      },
      now: () => 0,
    });
    // Words of two seconds with a second between them: five minutes of it.
    const words = 100;
    for (let n = 0; n < words; n += 1) {
      for (const level of [1_000 + n, 1_000 + n, 0]) {
        const seq = log.nextSeq;
        const pcm = new Uint8Array(new Int16Array(second).fill(level).buffer);
        await stream.accept({ type: 'chunk', seq, capturedAtMs: null, pcm });
        await transcriber.segmented();
      }
    }
    const fed = fedSeconds.reduce((sum, one) => sum + one, 0);
    expect(fed).toBeGreaterThan(55);
    expect(fed).toBeLessThan(65);
    expect(stream.backlogSeconds).toBeGreaterThan(290);

    away = false;
    for (const answer of held) answer();
    await stream.drain();
    const heard = events.flatMap((event) =>
      event.type === 'utterance' && event.isFinal ? [event.text] : [],
    );
    expect(heard).toEqual(numbers(words).map(wordOf));
    stream.close();
  });
});
