import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChunkRecord } from '../audio-log/record.ts';
import { StreamLog } from '../audio-log/stream-log.ts';
import { RoomSound, type RoomTrack } from '../speech/echo/room-sound.ts';
import type { Transcriber } from '../speech/transcriber.ts';
import { LiveStream } from './live-stream.ts';

const second = 16_000;
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
  const transcriber: Transcriber = {
    backlogSeconds: 0,
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
    transcriber.caughtUp = async () => undefined;
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
  it('is fed block by block as its text catches up', async () => {
    const { blocks, fed, release, stream } = await aStream(200, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1));
    expect(fed).toEqual(numbers(60));
    expect(stream.backlogSeconds).toBe(140);
    release();
    await replayed;
    expect(fed).toEqual(numbers(200));
    expect(stream.backlogSeconds).toBe(0);
  });

  it('is followed by what is said meanwhile, each chunk once and in order', async () => {
    const { blocks, fed, release, stream } = await aStream(100, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1));
    for (let seq = 100; seq < 170; seq += 1) await stream.accept(aChunk(seq));
    expect(fed).toEqual(numbers(60));
    release();
    await replayed;
    await stream.accept(aChunk(170));
    expect(fed).toEqual(numbers(171));
  });

  it('stops being read when the stream is closed', async () => {
    const { blocks, fed, release, stream } = await aStream(200, 'one');
    const replayed = stream.replay();
    await vi.waitFor(() => expect(blocks).toHaveLength(1));
    stream.close();
    release();
    await replayed;
    expect(fed).toEqual(numbers(60));
  });

  it('waits for the others of the room, whose echo it may be', async () => {
    const room = new RoomSound();
    const [one, other] = [room.join('one', 0), room.join('other', 0)];
    const fast = await aStream(300, 'fast', one);
    const slow = await aStream(300, 'slow', other);
    fast.release();
    const replayed = [fast.stream.replay(), slow.stream.replay()];
    await vi.waitFor(() => expect(slow.blocks).toHaveLength(1));
    await vi.waitFor(() => expect(fast.fed.length).toBeGreaterThanOrEqual(180));
    // Nothing else can happen while the slow one stands still.
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(fast.fed).toEqual(numbers(180));
    slow.release();
    await Promise.all(replayed);
    expect(fast.fed).toEqual(numbers(300));
    expect(slow.fed).toEqual(numbers(300));
  });
});
