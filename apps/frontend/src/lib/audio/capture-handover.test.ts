import { expect, it } from 'vitest';
import { CaptureHandover } from './capture-handover.ts';
import type { CaptureOptions } from './microphone-capture.ts';

/** Captures that the test lets start, speak and fail. */
function stage() {
  const said: string[] = [];
  const running: Record<string, CaptureOptions> = {};
  const starts: Record<string, { resolve: () => void; reject: (cause: Error) => void }> = {};
  const handover = new CaptureHandover({
    begin: () => said.push('begin'),
    end: () => said.push('end'),
    push: (pcm, atMs) => said.push(`${new Uint8Array(pcm)[0]}@${atMs}`),
    onTrouble: () => said.push('trouble'),
    start: (options) => {
      const { id } = options.track;
      running[id] = options;
      return new Promise((resolve, reject) => {
        starts[id] = {
          resolve: () =>
            resolve({
              stop: () => {
                said.push(`stop ${id}`);
                delete running[id];
              },
            }),
          reject,
        };
      });
    },
  });
  const track = (id: string) => ({ id }) as MediaStreamTrack;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    said,
    handover,
    async start(id: string) {
      void handover.switchTo(track(id));
      starts[id]?.resolve();
      await settle();
    },
    begin: (id: string) => void handover.switchTo(track(id)),
    async resolve(id: string) {
      starts[id]?.resolve();
      await settle();
    },
    async fail(id: string) {
      starts[id]?.reject(new Error('no'));
      await settle();
    },
    chunk: (id: string, byte: number, atMs: number) =>
      running[id]?.onChunk(new Uint8Array([byte]).buffer, atMs),
  };
}

it('hears the earlier microphone until the next one has delivered, and then only that one', async () => {
  const { said, start, chunk } = stage();
  await start('a');
  chunk('a', 1, 0);
  await start('b');
  chunk('a', 2, 100);
  chunk('b', 9, 5);
  chunk('b', 8, 105);
  expect(said).toEqual(['begin', '1@0', '2@100', 'stop a', 'end', 'begin', '9@5', '8@105']);
});

it('keeps what came before the capture was in hand', async () => {
  const { said, begin, resolve, chunk } = stage();
  begin('a');
  chunk('a', 1, 0);
  await resolve('a');
  chunk('a', 2, 100);
  expect(said).toEqual(['begin', '1@0', '2@100']);
});

it('stays with the earlier one when the next one fails', async () => {
  const { said, start, begin, fail, chunk } = stage();
  await start('a');
  chunk('a', 1, 0);
  begin('b');
  await fail('b');
  chunk('a', 2, 100);
  expect(said).toEqual(['begin', '1@0', 'trouble', '2@100']);
});

it('of two changes at once the later one wins, and the other is stopped', async () => {
  const { said, begin, resolve, chunk } = stage();
  begin('a');
  begin('b');
  await resolve('b');
  chunk('b', 1, 0);
  await resolve('a');
  chunk('b', 2, 100);
  expect(said).toEqual(['begin', '1@0', 'stop a', '2@100']);
});

it('is silent after its end', async () => {
  const { said, start, handover, begin, resolve, chunk } = stage();
  await start('a');
  chunk('a', 1, 0);
  begin('b');
  handover.stop();
  await resolve('b');
  chunk('b', 2, 0);
  expect(said).toEqual(['begin', '1@0', 'stop a', 'end', 'stop b']);
});
