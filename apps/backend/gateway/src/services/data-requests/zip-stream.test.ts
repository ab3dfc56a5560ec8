import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { type ZipEntry, zipStream } from './zip-stream.ts';

const at = new Date('2026-11-26T12:00:00Z');

async function* entriesOf(...entries: ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* entries;
}

it('is an archive that another reader opens, whatever the sizes of its pieces', async () => {
  const text = 'prontuário '.repeat(5_000);
  const sound = Buffer.alloc(300_000, 7);
  const pieces = [sound.subarray(0, 1), sound.subarray(1, 200_000), sound.subarray(200_000)];
  const chunks: Uint8Array[] = [];
  const entries = entriesOf(
    { name: 'leia-me.txt', compress: true, body: [Buffer.from(text)] },
    { name: 'vazio.txt', compress: true, body: [] },
    { name: 'audio/médico.ogg', compress: false, body: pieces },
  );
  for await (const chunk of zipStream(entries, at)) chunks.push(chunk);
  const files = unzipSync(new Uint8Array(Buffer.concat(chunks)));
  expect(Object.keys(files)).toEqual(['leia-me.txt', 'vazio.txt', 'audio/médico.ogg']);
  expect(strFromU8(files['leia-me.txt'] ?? new Uint8Array())).toBe(text);
  expect(Buffer.from(files['audio/médico.ogg'] ?? []).equals(sound)).toBe(true);
});

it('asks for no more of a file than was taken from it: a long recording is never whole in memory', async () => {
  const piece = Buffer.alloc(64 * 1024);
  let asked = 0;
  async function* recording(): AsyncGenerator<Uint8Array> {
    for (let n = 0; n < 2_000; n += 1) {
      asked += piece.length;
      yield piece;
    }
  }
  let taken = 0;
  let furthest = 0;
  const entries = entriesOf({ name: 'audio/longa.ogg', compress: false, body: recording() });
  for await (const chunk of zipStream(entries, at)) {
    furthest = Math.max(furthest, asked - taken);
    taken += chunk.length;
  }
  expect(asked).toBe(2_000 * piece.length);
  expect(furthest).toBeLessThanOrEqual(2 * piece.length);
});

it('fails with a file that fails: half an archive is not taken for whole', async () => {
  async function* torn(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('the store went away');
  }
  const chunks: Uint8Array[] = [];
  const read = async () => {
    const entries = entriesOf({ name: 'audio/a.ogg', compress: false, body: torn() });
    for await (const chunk of zipStream(entries, at)) chunks.push(chunk);
  };
  await expect(read()).rejects.toThrow('the store went away');
  expect(() => unzipSync(new Uint8Array(Buffer.concat(chunks)))).toThrow();
});
