import type { Ack, ChunkAck } from '@medcall/shared-types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioSender, type OutgoingChunk } from './audio-sender.ts';
import { pcmOf } from './wav.ts';

/** A service that keeps the first bytes of each chunk, as the contract says. */
class FakeService {
  readonly stored = new Map<number, Buffer>();
  readonly arrivals: { seq: number; atMs: number }[] = [];
  answer: (chunk: OutgoingChunk) => Promise<Ack<ChunkAck>> = async (chunk) => this.store(chunk);

  store(chunk: OutgoingChunk): Ack<ChunkAck> {
    this.arrivals.push({ seq: chunk.seq, atMs: Date.now() });
    if (!this.stored.has(chunk.seq)) this.stored.set(chunk.seq, chunk.data);
    const marks = this.ackedSeq;
    return { ok: true, ackedSeq: marks, durableSeq: marks };
  }

  get ackedSeq(): number {
    let seq = -1;
    while (this.stored.has(seq + 1)) seq += 1;
    return seq;
  }

  get sound(): Buffer {
    return Buffer.concat([...this.stored].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }
}

function aSound(seconds: number) {
  const bytes = Buffer.alloc(seconds * 32_000);
  for (let at = 0; at < bytes.length; at += 2) bytes.writeInt16LE((at * 7) % 30_000, at);
  return pcmOf(bytes);
}

function aSender(service: FakeService, seconds: number, speed = 1) {
  return new AudioSender({
    pcm: aSound(seconds),
    captureId: 'c1',
    speed,
    send: (chunk) => service.answer(chunk),
  });
}

describe('the audio sender', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends the whole sound in order, each chunk once, not before it was heard', async () => {
    const service = new FakeService();
    const startedAt = Date.now();
    const run = aSender(service, 2).run(startedAt);
    await vi.advanceTimersByTimeAsync(2500);
    await run;
    expect(service.sound.equals(aSound(2).bytes)).toBe(true);
    expect(service.arrivals.map((arrival) => arrival.seq)).toEqual([...Array(20).keys()]);
    for (const { seq, atMs } of service.arrivals) {
      expect(atMs - startedAt).toBeGreaterThanOrEqual((seq + 1) * 100);
      expect(atMs - startedAt).toBeLessThan((seq + 1) * 100 + 50);
    }
  });

  it('goes back when the service has lost what it had acknowledged', async () => {
    const service = new FakeService();
    service.answer = async (chunk) => {
      // The stream's new owner got what its first one had copied.
      if (chunk.seq === 12 && service.arrivals.length === 12) {
        for (const seq of [8, 9, 10, 11]) service.stored.delete(seq);
      }
      return { ...service.store(chunk), durableSeq: Math.min(7, service.ackedSeq) };
    };
    const run = aSender(service, 2).run(Date.now());
    await vi.advanceTimersByTimeAsync(5000);
    await run;
    expect(service.sound.equals(aSound(2).bytes)).toBe(true);
  });

  it('fills the last chunk with silence', async () => {
    const service = new FakeService();
    const pcm = pcmOf(Buffer.alloc(32_000 + 48, 1));
    const sender = new AudioSender({
      pcm,
      captureId: 'c1',
      send: (chunk) => service.answer(chunk),
    });
    const run = sender.run(Date.now());
    await vi.advanceTimersByTimeAsync(2000);
    await run;
    expect(service.stored.size).toBe(11);
    expect(service.stored.get(10)).toHaveLength(3200);
    expect(service.sound.subarray(0, pcm.bytes.length).equals(pcm.bytes)).toBe(true);
  });

  it('plays faster on demand, with positions in the sound’s own time', async () => {
    const service = new FakeService();
    const positions: number[] = [];
    service.answer = async (chunk) => {
      positions.push(chunk.capturedAtMs);
      return service.store(chunk);
    };
    const run = aSender(service, 2, 4).run(Date.now());
    await vi.advanceTimersByTimeAsync(550);
    await run;
    expect(positions.at(-1)).toBe(1900);
  });

  it('goes on from the service’s mark after a dropped line', async () => {
    const service = new FakeService();
    const sender = aSender(service, 3);
    const run = sender.run(Date.now());
    await vi.advanceTimersByTimeAsync(1000);
    sender.pause();
    const before = service.arrivals.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(service.arrivals.length).toBe(before);
    sender.resumeFrom(service.ackedSeq + 1);
    await vi.advanceTimersByTimeAsync(3000);
    await run;
    expect(service.sound.equals(aSound(3).bytes)).toBe(true);
    expect(service.arrivals.map((arrival) => arrival.seq)).toEqual([...Array(30).keys()]);
  });

  it('does not accept that the service lost what it called durable', async () => {
    const service = new FakeService();
    const sender = aSender(service, 3);
    const run = sender.run(Date.now()).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(1000);
    sender.pause();
    sender.resumeFrom(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(await run).toContain('durable');
  });

  it('sends again what was acknowledged but not durable', async () => {
    const service = new FakeService();
    service.answer = async (chunk) => ({ ...service.store(chunk), durableSeq: -1 });
    const sender = aSender(service, 3);
    const run = sender.run(Date.now());
    await vi.advanceTimersByTimeAsync(1000);
    sender.pause();
    for (const seq of [...service.stored.keys()].slice(-4)) service.stored.delete(seq);
    sender.resumeFrom(service.ackedSeq + 1);
    await vi.advanceTimersByTimeAsync(3000);
    await run;
    expect(service.sound.equals(aSound(3).bytes)).toBe(true);
  });

  it('sends again what got no answer, and what was refused for a while', async () => {
    const service = new FakeService();
    let calls = 0;
    service.answer = async (chunk) => {
      calls += 1;
      if (calls % 7 === 3) throw new Error('operation has timed out');
      if (calls % 11 === 5) {
        const error = { code: 'rate_limited', message: 'devagar', retryAfterMs: 200 } as const;
        return { ok: false, error };
      }
      return service.store(chunk);
    };
    const run = aSender(service, 4).run(Date.now());
    await vi.advanceTimersByTimeAsync(30_000);
    await run;
    expect(service.sound.equals(aSound(4).bytes)).toBe(true);
  });

  it('stops with the code when the service will never take the chunk', async () => {
    const service = new FakeService();
    service.answer = async () => ({
      ok: false,
      error: { code: 'ai_consent_required', message: 'sem consentimento' },
    });
    const run = aSender(service, 1)
      .run(Date.now())
      .catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await run).toContain('ai_consent_required');
  });

  it('holds back at the bound of unanswered chunks', async () => {
    let open = 0;
    let most = 0;
    const sender = new AudioSender({
      pcm: aSound(3),
      captureId: 'c1',
      windowChunks: 5,
      send: async (chunk) => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        open -= 1;
        return { ok: true, ackedSeq: chunk.seq, durableSeq: chunk.seq };
      },
    });
    const run = sender.run(Date.now());
    await vi.advanceTimersByTimeAsync(20_000);
    await run;
    expect(most).toBe(5);
  });

  it('waits until everything is durable, and says when it did not get there', async () => {
    const service = new FakeService();
    let durable = false;
    service.answer = async (chunk) => {
      const ack = service.store(chunk);
      return ack.ok && !durable ? { ...ack, durableSeq: 3 } : ack;
    };
    const sender = aSender(service, 1);
    const run = sender.run(Date.now());
    await vi.advanceTimersByTimeAsync(1200);
    await run;
    const early = sender.settle(1000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await early).toBe(false);
    durable = true;
    const late = sender.settle(5000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await late).toBe(true);
  });
});
