import { afterEach, describe, expect, it } from 'vitest';
import { REACH_SAMPLES } from './echo-frames.ts';
import { type EchoPair, findEcho } from './echo-search.ts';
import { EchoThread } from './echo-thread.ts';
import { aMan, at, echoOf, say } from './voice.fixture.ts';

const seconds = 5;
const doctor = at(0.6, say('oseaiu aseo uiase oesi aeiosu eaos', aMan), seconds);

/** New arrays each time: who asks gives them away. */
function aPair(delayFrames: number | null = null): EchoPair {
  const original = new Float32Array(doctor.length + 2 * REACH_SAMPLES);
  original.set(doctor, REACH_SAMPLES);
  const copy = new Float32Array(echoOf(doctor, { delayMs: 150, levelDb: -12 }));
  return { copy, original, delayFrames };
}

/** Answers that there is no echo, dies when it is told that an echo came 13 frames later, and ignores 14. */
const fragile = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, question: { delayFrames } }) => {
      if (delayFrames === 13) process.exit(1);
      if (delayFrames === 14) return;
      parentPort.postMessage({ id, answer: { echo: null, delayFrames } });
    });`)}`,
);

let thread: EchoThread;
afterEach(() => thread.stop());

describe('the echo search in a thread of its own', { timeout: 60_000 }, () => {
  it('finds what the search here finds', async () => {
    thread = new EchoThread();
    const here = findEcho(aPair());
    expect(here.echo?.includes(1)).toBe(true);
    expect(await thread.find(aPair())).toEqual(here);
  });

  it('asks nobody about silence', async () => {
    thread = new EchoThread(new URL('data:text/javascript,process.exit(1)'));
    const { original } = aPair();
    const copy = new Float32Array(16_000);
    expect(await thread.find({ copy, original, delayFrames: 3 })).toEqual({
      echo: null,
      delayFrames: 3,
    });
  });

  it('fails what a dying thread was asked, and starts another for the next search', async () => {
    thread = new EchoThread(fragile);
    const before = thread.find(aPair(1));
    const dying = [thread.find(aPair(13)), thread.find(aPair(2))];
    const ends = await Promise.allSettled(dying);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    // What was answered before the end stands.
    expect(await before).toEqual({ echo: null, delayFrames: 1 });
    expect(await thread.find(aPair(4))).toEqual({ echo: null, delayFrames: 4 });
  });

  it('says when too much waits, and fails what waits when it is stopped', async () => {
    thread = new EchoThread(fragile);
    expect(thread.isBehind).toBe(false);
    const waiting = Promise.allSettled(Array.from({ length: 32 }, () => thread.find(aPair(14))));
    expect(thread.isBehind).toBe(true);
    await thread.stop();
    expect((await waiting).every(({ status }) => status === 'rejected')).toBe(true);
    expect(thread.isBehind).toBe(false);
  });
});
