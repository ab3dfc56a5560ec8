import type { Ack, ChunkAck } from '@medcall/shared-types';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Chunk, ChunkStore } from './chunk-store.ts';
import { type LostRange, type Timers, UploadQueue } from './upload-queue.ts';

type Sent = Chunk & { captureId: string; lost?: LostRange };

/** A service that writes in any order, acknowledges up to the first hole, and can be cut off. */
class FakeService {
  readonly written = new Map<number, number>();
  readonly sendings: Sent[] = [];
  refuse: Ack<ChunkAck> | null = null;
  durableLag = 0;
  #waiting: { chunk: Sent; settle: (answer: Ack<ChunkAck> | null) => void }[] = [];

  readonly send = (chunk: Sent): Promise<Ack<ChunkAck>> => {
    this.sendings.push(chunk);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        chunk,
        settle: (answer) => (answer ? resolve(answer) : reject(new Error('no answer'))),
      });
    });
  };

  get ackedSeq(): number {
    let seq = -1;
    while (this.written.has(seq + 1)) seq += 1;
    return seq;
  }

  /** Answers up to `count` waiting chunks; `false` loses the answer after the writing. */
  async answer(count = Number.POSITIVE_INFINITY, delivered = true): Promise<void> {
    for (const { chunk, settle } of this.#waiting.splice(0, count)) {
      if (this.refuse) {
        settle(delivered ? this.refuse : null);
        continue;
      }
      if (chunk.lost) {
        for (let seq = chunk.lost[0]; seq <= chunk.lost[1]; seq += 1) this.written.set(seq, -1);
      }
      if (!this.written.has(chunk.seq)) this.written.set(chunk.seq, chunk.capturedAtMs);
      const { ackedSeq } = this;
      settle(delivered ? { ok: true, ackedSeq, durableSeq: ackedSeq - this.durableLag } : null);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  get waiting(): number {
    return this.#waiting.length;
  }
}

class FakeTimers implements Timers {
  #next = 0;
  readonly armed = new Map<number, { run: () => void; delayMs: number }>();
  set = (run: () => void, delayMs: number) => {
    this.#next += 1;
    this.armed.set(this.#next, { run, delayMs });
    return this.#next;
  };
  clear = (timer: unknown) => {
    this.armed.delete(timer as number);
  };
  fire(): void {
    const due = [...this.armed];
    this.armed.clear();
    for (const [, { run }] of due) run();
  }
}

function aStore() {
  const kept = new Map<number, Chunk>();
  const store: ChunkStore = {
    put: async (_capture, chunk) => void kept.set(chunk.seq, chunk),
    removeThrough: async (_capture, through) => {
      for (const seq of [...kept.keys()]) if (seq <= through) kept.delete(seq);
    },
    load: async () => new Map([['c', [...kept.values()]]]),
    clear: async () => kept.clear(),
  };
  return { store, kept };
}

function aQueue(over: Partial<ConstructorParameters<typeof UploadQueue>[0]> = {}) {
  const service = new FakeService();
  const timers = new FakeTimers();
  const { store, kept } = aStore();
  const onRefused = vi.fn();
  const queue = new UploadQueue({
    captureId: 'c',
    store,
    send: service.send,
    timers,
    onRefused,
    ...over,
  });
  return { service, timers, kept, onRefused, queue };
}

function speak(queue: UploadQueue, chunks: number, from = 0): void {
  for (let at = from; at < from + chunks; at += 1) queue.push(new ArrayBuffer(4), at * 100);
}

describe('UploadQueue', () => {
  it('sends in order and forgets what is durable, in memory and in the store', async () => {
    const { service, kept, queue } = aQueue();
    queue.resume();
    speak(queue, 5);
    await service.answer();
    expect([...service.written.keys()]).toEqual([0, 1, 2, 3, 4]);
    expect(queue.pending).toBe(0);
    expect(kept.size).toBe(0);
  });

  it('keeps what is acknowledged but not durable, and asks again until it is', async () => {
    const { service, timers, kept, queue } = aQueue();
    service.durableLag = 2;
    queue.resume();
    speak(queue, 4);
    await service.answer();
    expect([...kept.keys()]).toEqual([2, 3]);
    service.durableLag = 0;
    timers.fire();
    await service.answer();
    expect(queue.pending).toBe(0);
  });

  it('has a bounded number of chunks on the line', () => {
    const { service, queue } = aQueue({ window: 3 });
    queue.resume();
    speak(queue, 10);
    expect(service.sendings).toHaveLength(3);
  });

  it('collects while the line is down and goes on from what the service has', async () => {
    const { service, queue } = aQueue();
    queue.resume();
    speak(queue, 3);
    await service.answer(2);
    queue.pause();
    speak(queue, 4, 3);
    queue.resume(service.ackedSeq + 1);
    await service.answer();
    await service.answer();
    expect(service.ackedSeq).toBe(6);
    expect(queue.pending).toBe(0);
  });

  it('sends again from an older place when the service lost what it had acknowledged', async () => {
    const { service, queue } = aQueue();
    service.durableLag = 3;
    queue.resume();
    speak(queue, 5);
    await service.answer();
    queue.pause();
    for (const seq of [2, 3, 4]) service.written.delete(seq);
    service.durableLag = 0;
    queue.resume(2);
    await service.answer();
    expect(service.ackedSeq).toBe(4);
  });

  it('goes back on the same line when another node took over without what was not durable', async () => {
    const { service, timers, queue } = aQueue();
    service.durableLag = 3;
    queue.resume();
    speak(queue, 5);
    await service.answer();
    for (const seq of [2, 3, 4]) service.written.delete(seq);
    service.durableLag = 0;
    speak(queue, 1, 5);
    await service.answer();
    timers.fire();
    await service.answer();
    expect(service.ackedSeq).toBe(5);
    expect(queue.pending).toBe(0);
  });

  it('goes on after a reload with the chunks of the page before', async () => {
    const restored = [7, 8].map((seq) => ({
      seq,
      capturedAtMs: seq * 100,
      data: new ArrayBuffer(4),
    }));
    const { service, queue } = aQueue({ restored });
    for (let seq = 0; seq < 7; seq += 1) service.written.set(seq, seq * 100);
    queue.resume(7);
    await service.answer();
    expect(service.ackedSeq).toBe(8);
    expect(queue.pending).toBe(0);
  });

  it('waits as long as a 429 asks', async () => {
    const { service, timers, queue } = aQueue();
    service.refuse = {
      ok: false,
      error: { code: 'rate_limited', message: '', retryAfterMs: 2_300 },
    };
    queue.resume();
    speak(queue, 1);
    await service.answer();
    expect([...timers.armed.values()].map(({ delayMs }) => delayMs)).toEqual([2_300]);
    service.refuse = null;
    timers.fire();
    await service.answer();
    expect(queue.pending).toBe(0);
  });

  it('keeps the audio while the service has no room for it', async () => {
    const { service, timers, kept, queue } = aQueue();
    service.refuse = { ok: false, error: { code: 'storage_full', message: '' } };
    queue.resume();
    speak(queue, 2);
    await service.answer();
    expect(kept.size).toBe(2);
    service.refuse = null;
    timers.fire();
    await service.answer();
    expect(service.ackedSeq).toBe(1);
  });

  it.each(['ai_consent_required', 'not_transcribing', 'consultation_ended'] as const)(
    'throws the audio away when the service answers %s',
    async (code) => {
      const { service, kept, onRefused, queue } = aQueue();
      queue.resume();
      speak(queue, 3);
      service.refuse = { ok: false, error: { code, message: '' } };
      await service.answer();
      speak(queue, 3, 3);
      expect(kept.size).toBe(0);
      expect(queue.pending).toBe(0);
      expect(onRefused).toHaveBeenCalledExactlyOnceWith(code);
    },
  );

  it('waits for a new token or join without losing anything', async () => {
    const { service, queue } = aQueue();
    queue.resume();
    speak(queue, 2);
    service.refuse = { ok: false, error: { code: 'token_expired', message: '' } };
    await service.answer();
    service.refuse = null;
    expect(service.waiting).toBe(0);
    queue.resume();
    await service.answer();
    expect(service.ackedSeq).toBe(1);
  });

  it('names a chunk that the service cannot take, so that the rest goes on', async () => {
    const { service, queue } = aQueue();
    queue.resume();
    speak(queue, 1);
    service.refuse = { ok: false, error: { code: 'invalid_chunk', message: '' } };
    await service.answer();
    service.refuse = null;
    speak(queue, 1, 1);
    expect(service.sendings.at(-1)?.lost).toEqual([0, 0]);
    await service.answer();
    expect(service.ackedSeq).toBe(1);
  });

  it('gives up the oldest beyond its bound and says so', async () => {
    const { service, kept, queue } = aQueue({ maxChunks: 5 });
    speak(queue, 8);
    expect([...kept.keys()]).toEqual([3, 4, 5, 6, 7]);
    queue.resume(0);
    await service.answer();
    expect(service.sendings[0]?.lost).toEqual([0, 2]);
    expect(service.ackedSeq).toBe(7);
  });

  it('delivers every chunk once through any sequence of drops and lost answers', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('speak' as const), count: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ do: fc.constant('answer' as const), count: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ do: fc.constant('lose' as const), count: fc.integer({ min: 1, max: 3 }) }),
      fc.constant({ do: 'drop' as const, count: 0 }),
      fc.constant({ do: 'timer' as const, count: 0 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { service, timers, queue } = aQueue({ window: 4 });
        service.durableLag = 1;
        let spoken = 0;
        queue.resume();
        for (const { do: what, count } of steps) {
          if (what === 'speak') {
            speak(queue, count, spoken);
            spoken += count;
          } else if (what === 'answer') await service.answer(count);
          else if (what === 'lose') await service.answer(count, false);
          else if (what === 'timer') timers.fire();
          else {
            queue.pause();
            await service.answer(Number.POSITIVE_INFINITY, false);
            queue.resume(service.ackedSeq + 1);
          }
        }
        service.durableLag = 0;
        for (let round = 0; round < 60 && queue.pending > 0; round += 1) {
          await service.answer();
          timers.fire();
        }
        expect(queue.pending).toBe(0);
        expect(service.ackedSeq).toBe(spoken - 1);
        // The first bytes of a seq win, and they are the bytes of that moment.
        for (const [seq, capturedAtMs] of service.written) expect(capturedAtMs).toBe(seq * 100);
      }),
      { numRuns: 60 },
    );
  });
});
