import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChunkRecord } from '../audio-log/record.ts';
import { StreamLog } from '../audio-log/stream-log.ts';
import { RoomSound, type RoomTrack } from '../speech/echo/room-sound.ts';
import { FakeEngine, fakeVad, wordOf } from '../speech/testing/fake-speech.ts';
import { createTranscriber } from '../speech/transcriber.ts';
import type { TranscriberEvent } from '../speech/transcriber-events.ts';
import type { Transcriber } from '../speech/transcriber-options.ts';
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
function aChunk(seq: number, capturedAtMs: number | null = null): ChunkRecord {
  const pcm = new Uint8Array(Int16Array.from({ length: second }, () => seq).buffer);
  return { type: 'chunk', seq, capturedAtMs, pcm };
}

/** Takes sound in and says that it has caught up when the test lets it. */
function aTranscriber() {
  const fed: number[] = [];
  const positions: number[] = [];
  const blocks: (() => void)[] = [];
  let held = true;
  const transcriber: Transcriber = {
    get backlogSeconds() {
      return held ? fed.length : 0;
    },
    checkpoint: 0,
    feed: (pcm, position) => {
      fed.push(pcm[0] ?? -1);
      positions.push(position);
    },
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
  return { fed, positions, blocks, release, transcriber };
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
  const told = { closed: vi.fn(), unreadable: vi.fn() };
  const stream = new LiveStream({
    row,
    log,
    transcriber: ear.transcriber,
    now: () => 0,
    track,
    onClose: told.closed,
    onUnreadable: told.unreadable,
  });
  return { ...ear, log, stream, told };
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

  it('is not heard by the other nodes; what is said after it is', async () => {
    const said: [number, number][] = [];
    const track = new RoomSound().join('one', 0, (pcm, position) =>
      said.push([pcm[0] ?? -1, position]),
    );
    const { blocks, release, stream } = await aStream(100, 'one', track);
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    release();
    await replayed;
    expect(said).toEqual([]);
    await stream.accept(aChunk(100));
    expect(said).toEqual([[100, 100 * second]]);
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

  it('is heard by the other nodes as it comes, each chunk once, in order and in its place', async () => {
    const said: [number, number][] = [];
    const track = new RoomSound().join('one', 0, (pcm, position) =>
      said.push([pcm[0] ?? -1, position]),
    );
    const { blocks, fed, positions, release, stream } = await aStream(0, 'slow', track);
    // A pause of five seconds while the text is behind, and a chunk that comes late.
    const at = (seq: number) => seq * 1_000 + (seq < 80 ? 0 : 5_000);
    const order = [...numbers(90), 91, 90, ...numbers(100).slice(92)];
    for (const seq of order) await stream.accept(aChunk(seq, at(seq)));
    expect(fed).toEqual(numbers(61));
    expect(said).toEqual(numbers(100).map((seq) => [seq, at(seq) * 16]));
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    release();
    await vi.waitFor(() => expect(fed).toEqual(numbers(100)), patiently);
    await stream.accept(aChunk(100, at(100)));
    expect(said.map(([seq]) => seq)).toEqual(numbers(101));
    expect(said.map(([, position]) => position)).toEqual(positions);
  });

  it('that is closed meanwhile does not miss its log, which may be gone', async () => {
    const { blocks, fed, log, release, stream, told } = await aStream(0, 'slow');
    for (let seq = 0; seq < 100; seq += 1) await stream.accept(aChunk(seq));
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    stream.close();
    await log.close();
    await rm(join(folder, 'slow'), { recursive: true });
    release();
    await stream.drain();
    expect(fed).toEqual(numbers(61));
    expect(told.unreadable).not.toHaveBeenCalled();
  });

  it('says once that its log cannot be read, and once that it is closed', async () => {
    const { blocks, log, release, stream, told } = await aStream(0, 'slow');
    for (let seq = 0; seq < 100; seq += 1) await stream.accept(aChunk(seq));
    await vi.waitFor(() => expect(blocks).toHaveLength(1), patiently);
    await log.close();
    await rm(join(folder, 'slow'), { recursive: true });
    release();
    await expect(stream.drain()).rejects.toMatchObject({ code: 'ENOENT' });
    expect(told.unreadable).toHaveBeenCalledOnce();
    stream.close();
    stream.close();
    expect(told.closed).toHaveBeenCalledOnce();
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
