import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDecoderPool, type DecoderPoolOptions } from './decoder-pool.ts';
import type { JobPriority, SpeechEngine } from './ports.ts';
import { COMMANDS } from './testing/fake-decoder-commands.ts';

const script = join(import.meta.dirname, 'testing/fake-decoder.ts');
let pool: SpeechEngine;

async function aPool(options: Partial<DecoderPoolOptions> = {}): Promise<SpeechEngine> {
  pool = createDecoderPool({ modelsDir: '', script, decoders: 1, restartDelayMs: 1, ...options });
  await pool.start();
  return pool;
}

/** A job whose text will be “sample N”. */
function aJob(
  command: keyof typeof COMMANDS,
  n = 0,
  priority: JobPriority = 'final',
  roomId = 'a',
) {
  const controller = new AbortController();
  return {
    controller,
    job: {
      pcm: Int16Array.of(COMMANDS[command], n),
      roomId,
      language: 'pt',
      priority: () => priority,
      signal: controller.signal,
    },
  };
}

/** Fills the only decoder, so that what comes next waits. */
function occupy(priority: JobPriority = 'final') {
  const { job, controller } = aJob('hold', 0, priority);
  const result = pool.transcribe(job);
  result.catch(() => undefined);
  return { controller, result };
}

afterEach(() => pool.stop());

// Real processes at low priority: slow to start on a busy machine.
describe('decoder pool', { timeout: 120_000 }, () => {
  it('gives the text of a job and counts it', async () => {
    await aPool();
    const transcript = await pool.transcribe(aJob('answer', 7).job);
    expect(transcript).toMatchObject({ text: 'sample 7', engine: 'fake', avgLogprob: -0.1 });
    expect(pool.stats()).toMatchObject({
      engine: 'fake',
      decoders: { total: 1, ready: 1, busy: 0 },
      done: { final: 1 },
    });
  });

  it('starts a dead decoder again and tries its job once more, then sets it aside', async () => {
    const log = vi.fn();
    await aPool({ log });
    await expect(pool.transcribe(aJob('die').job)).rejects.toMatchObject({ reason: 'set_aside' });
    expect((await pool.transcribe(aJob('answer', 1).job)).text).toBe('sample 1');
    expect(pool.stats()).toMatchObject({ setAside: 1, restarts: 2 });
    expect(log).toHaveBeenCalledWith(expect.stringContaining('set aside'), expect.anything());
  });

  it('ends a decoder that hangs', async () => {
    await aPool({ decodeTimeoutMs: 1_000 });
    await expect(pool.transcribe(aJob('hang').job)).rejects.toMatchObject({ reason: 'set_aside' });
    expect((await pool.transcribe(aJob('answer', 2).job)).text).toBe('sample 2');
  });

  it('reports an engine failure as one that may be retried', async () => {
    await aPool();
    await expect(pool.transcribe(aJob('fail').job)).rejects.toMatchObject({
      reason: 'engine',
      retryable: true,
    });
    expect(pool.stats().lastError).toBe('as asked');
  });

  it('cancels what waits and what runs', async () => {
    await aPool();
    const running = occupy();
    const waiting = aJob('answer');
    const result = pool.transcribe(waiting.job);
    waiting.controller.abort();
    await expect(result).rejects.toMatchObject({ reason: 'cancelled' });
    running.controller.abort();
    await expect(running.result).rejects.toMatchObject({ reason: 'cancelled' });
    expect((await pool.transcribe(aJob('answer', 3).job)).text).toBe('sample 3');
  });

  it('takes a running partial away for a final', async () => {
    await aPool();
    const partial = occupy('partial');
    const final = pool.transcribe(aJob('answer', 4).job);
    await expect(partial.result).rejects.toMatchObject({ reason: 'shed' });
    expect((await final).text).toBe('sample 4');
    expect(pool.stats().shed.partial).toBe(1);
  });

  it('lets a running revision give way to a final, and takes it up again', async () => {
    await aPool();
    const revision = occupy('revision');
    expect((await pool.transcribe(aJob('answer', 6).job)).text).toBe('sample 6');
    expect(pool.stats()).toMatchObject({ decoders: { busy: 1 }, shed: { revision: 0 } });
    revision.controller.abort();
    await expect(revision.result).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('lets what nobody reads along with give way to a final, and takes it up again', async () => {
    await aPool();
    const deferred = occupy('deferred');
    expect((await pool.transcribe(aJob('answer', 7).job)).text).toBe('sample 7');
    // No decoder was ended for it either.
    expect(pool.stats()).toMatchObject({
      decoders: { busy: 1 },
      shed: { deferred: 0 },
      restarts: 0,
    });
    deferred.controller.abort();
    await expect(deferred.result).rejects.toMatchObject({ reason: 'cancelled' });
  });

  it('does not take a running final away', async () => {
    await aPool();
    const first = occupy('final');
    const second = aJob('answer', 5);
    const result = pool.transcribe(second.job);
    expect(pool.stats()).toMatchObject({ decoders: { busy: 1 }, queued: { final: 1 } });
    first.controller.abort();
    expect((await result).text).toBe('sample 5');
  });

  it('rejects everything when it stops, and what comes afterwards', async () => {
    await aPool();
    const running = occupy();
    const waiting = pool.transcribe(aJob('answer').job);
    const rejected = Promise.all([
      expect(running.result).rejects.toMatchObject({ reason: 'stopped' }),
      expect(waiting).rejects.toMatchObject({ reason: 'stopped' }),
    ]);
    await pool.stop();
    await rejected;
    await expect(pool.transcribe(aJob('answer').job)).rejects.toMatchObject({ reason: 'stopped' });
  });
});
