import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore, createLogger, type ObjectStore } from '@medcall/service-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AudioLog } from './audio-log.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const header = {
  consultationId: randomUUID(),
  sub: randomUUID(),
  stream: 'microphone',
  captureId: '0',
  originMs: 0,
  participantId: randomUUID(),
  speaker: 'PACIENTE' as const,
  sampleRate: 16_000 as const,
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'medcall-takeover-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('a takeover that broke off is finished by the next attempt, although the lease is this node’s by then', async () => {
  const store = createFolderStore(join(root, 'store'));
  const first = new AudioLog({ root: join(root, 'a'), logger, store });
  const written = await first.openOrCreate(header, { fence: 1, tookOver: false });
  for (let seq = 0; seq < 30; seq += 1) {
    await written.append({
      type: 'chunk',
      seq,
      capturedAtMs: seq * 100,
      pcm: new Uint8Array(3200),
    });
  }
  await first.release(header);

  let away = true;
  const shaky: ObjectStore = Object.assign(Object.create(store), {
    get: (key: string) => (away ? Promise.reject(new Error('503')) : store.get(key)),
  });
  const second = new AudioLog({ root: join(root, 'b'), logger, store: shaky });
  await expect(second.openOrCreate(header, { fence: 2, tookOver: true })).rejects.toThrow('503');
  away = false;
  const taken = await second.openOrCreate(header, { fence: 2, tookOver: false });
  expect(taken.marks.ackedSeq).toBe(29);
  await second.release(header);
});
