import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeS3 } from '../../../../tests/fakes/s3/fake-s3.ts';
import type { StorageFault } from '../../../../tests/fakes/storage-faults.ts';
import { startFakeSupabaseStorage } from '../../../../tests/fakes/supabase-storage/fake-supabase-storage.ts';
import { createFolderStore } from './folder-store.ts';
import { collect } from './guard-stream.ts';
import { type ObjectStore, removeAll } from './object-store.ts';
import { createS3Store } from './s3-store.ts';
import { createSupabaseStore } from './supabase-store.ts';

interface Started {
  store: ObjectStore;
  stop(): Promise<void>;
}

interface StartedVendor extends Started {
  /** The same store with little patience. */
  hasty: ObjectStore;
  /** The same store under wrong credentials. */
  stranger: ObjectStore;
  /** The same store with a bucket that is not there. */
  lost: ObjectStore;
  next(...faults: StorageFault[]): void;
  calls: string[];
}

/** Short, so that a hanging server costs the test little. */
const hastyDeadlines = { callMs: 1500, idleMs: 500 };

async function startFolder(): Promise<Started> {
  const root = await mkdtemp(join(tmpdir(), 'medcall-store-'));
  return {
    store: createFolderStore(root),
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

async function startS3(): Promise<StartedVendor> {
  const fake = await startFakeS3();
  const { accessKeyId, bucket, region, secretAccessKey, url: endpoint } = fake;
  const options = { bucket, region, endpoint };
  const credentials = { accessKeyId, secretAccessKey };
  return {
    store: createS3Store({ ...options, credentials }),
    hasty: createS3Store({ ...options, credentials, deadlines: hastyDeadlines }),
    stranger: createS3Store({
      ...options,
      credentials: { accessKeyId, secretAccessKey: 'another secret' },
    }),
    lost: createS3Store({ ...options, credentials, bucket: 'elsewhere' }),
    next: fake.next,
    calls: fake.calls,
    stop: fake.close,
  };
}

async function startSupabase(): Promise<StartedVendor> {
  const fake = await startFakeSupabaseStorage();
  const { bucket, serviceRoleKey, url } = fake;
  const options = { url, serviceRoleKey, bucket };
  return {
    store: createSupabaseStore(options),
    hasty: createSupabaseStore({ ...options, deadlines: hastyDeadlines }),
    stranger: createSupabaseStore({ ...options, serviceRoleKey: 'another key' }),
    lost: createSupabaseStore({ ...options, bucket: 'elsewhere' }),
    next: fake.next,
    calls: fake.calls,
    stop: fake.close,
  };
}

const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));

describe.each([
  { name: 'folder', start: startFolder },
  { name: 's3', start: startS3 },
  { name: 'supabase', start: startSupabase },
])('every object store: $name', ({ name, start }) => {
  let started: Started;
  let store: ObjectStore;
  beforeEach(async () => {
    started = await start();
    store = started.store;
  });
  afterEach(() => started.stop());

  it('says which one it is', () => {
    expect(store.name).toBe(name);
  });

  it('gives back what was put, also an empty object', async () => {
    await store.put('a/one.bin', bytes, 'application/octet-stream');
    await store.put('a/empty', Buffer.alloc(0), 'text/plain');
    expect((await store.get('a/one.bin'))?.equals(bytes)).toBe(true);
    expect(await store.get('a/empty')).toHaveLength(0);
    expect(await store.info('a/one.bin')).toEqual({ key: 'a/one.bin', bytes: 5000 });
  });

  it('knows nothing of an object that is not there', async () => {
    expect(await store.get('no/such')).toBeNull();
    expect(await store.read('no/such')).toBeNull();
    expect(await store.info('no/such')).toBeNull();
    expect(await store.list('no/')).toEqual([]);
  });

  it('replaces a whole object', async () => {
    await store.put('a', bytes, 'text/plain');
    await store.put('a', Buffer.from('new'), 'text/plain');
    expect(String(await store.get('a'))).toBe('new');
  });

  it.each([
    { from: 0, to: 0 },
    { from: 100, to: 199 },
    { from: 4990, to: 9999 },
    { from: 5000, to: 5001 },
  ])('reads bytes $from to $to, both included', async (range) => {
    await store.put('a', bytes, 'text/plain');
    const stream = await store.read('a', range);
    if (!stream) throw new Error('there is such an object');
    expect((await collect(stream)).equals(bytes.subarray(range.from, range.to + 1))).toBe(true);
  });

  it('lists by prefix, in order, however many there are', async () => {
    const keys = ['b/10', 'b/1', 'b/sub/x', 'c', 'b/2', 'bb', 'b/3', 'b/4', 'b/5'];
    for (const key of keys) await store.put(key, Buffer.from(key), 'text/plain');
    expect((await store.list('b/')).map(({ key }) => key)).toEqual([
      'b/1',
      'b/10',
      'b/2',
      'b/3',
      'b/4',
      'b/5',
      'b/sub/x',
    ]);
    expect((await store.list('b/1')).map(({ key }) => key)).toEqual(['b/1', 'b/10']);
    expect(await store.list('b/sub/')).toEqual([{ key: 'b/sub/x', bytes: 7 }]);
    expect(await store.list('')).toHaveLength(keys.length);
  });

  it('deletes, once and again', async () => {
    await store.put('a/one', bytes, 'text/plain');
    await store.remove('a/one');
    await store.remove('a/one');
    expect(await store.get('a/one')).toBeNull();
  });

  it('deletes everything below a prefix and nothing beside it', async () => {
    for (const key of ['a/1', 'a/2', 'a/3', 'a/4', 'ab']) await store.put(key, bytes, 'text/plain');
    await removeAll(store, 'a/');
    expect(await store.list('')).toEqual([{ key: 'ab', bytes: 5000 }]);
  });

  it.each(['../up', '/root', 'a//b', 'a/.hidden', 'com espaço', 'a?b', ''])(
    'refuses the key "%s"',
    async (key) => {
      await expect(async () => store.put(key, bytes, 'text/plain')).rejects.toThrow(TypeError);
      await expect(async () => store.get(key)).rejects.toThrow(TypeError);
      await expect(async () => store.remove(key)).rejects.toThrow(TypeError);
    },
  );
});

describe.each([
  { name: 's3', start: startS3 },
  { name: 'supabase', start: startSupabase },
])('every store beyond the network: $name', ({ start }) => {
  let started: StartedVendor;
  let store: ObjectStore;
  beforeEach(async () => {
    started = await start();
    store = started.store;
    await store.put('a', bytes, 'text/plain');
    started.calls.length = 0;
  });
  afterEach(() => started.stop());

  it.each(['slow_down', 'server_error', 'not_the_store'] as const)(
    'asks again after %s',
    async (fault) => {
      started.next(fault, fault);
      expect((await store.get('a'))?.equals(bytes)).toBe(true);
      expect(started.calls).toHaveLength(3);
      started.next(fault);
      await store.put('b', bytes, 'text/plain');
      expect((await store.get('b'))?.equals(bytes)).toBe(true);
    },
  );

  it('gives up on a store that stays busy, and says that later may be better', async () => {
    started.next(...Array<StorageFault>(8).fill('slow_down'));
    await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('does not wait for a store that hangs', async () => {
    started.next(...Array<StorageFault>(5).fill('hang'));
    const { hasty } = started;
    const calls = [
      hasty.get('a'),
      hasty.put('b', bytes, 'text/plain'),
      hasty.info('a'),
      hasty.list(''),
      hasty.remove('a'),
    ];
    for (const result of await Promise.allSettled(calls)) {
      expect(result).toMatchObject({ reason: { code: 'unavailable', retryable: true } });
    }
  });

  it.each(['cut_off', 'stall'] as const)(
    'never takes half a body for the whole: %s',
    async (fault) => {
      started.next(fault);
      await expect(started.hasty.get('a')).rejects.toMatchObject({
        code: 'unavailable',
        retryable: true,
      });
    },
  );

  it('lets a slow reader take its time', async () => {
    const large = Buffer.alloc(2_000_000, 7);
    await store.put('large', large, 'text/plain');
    const stream = await started.hasty.read('large');
    if (!stream) throw new Error('there is such an object');
    let length = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (length === 0)
        await new Promise((resolve) => setTimeout(resolve, hastyDeadlines.idleMs * 2));
      length += piece.length;
    }
    expect(length).toBe(large.length);
  });

  it('says that the store is full', async () => {
    started.next(...Array<StorageFault>(8).fill('full'));
    await expect(store.put('b', bytes, 'text/plain')).rejects.toMatchObject({
      code: 'storage_full',
    });
  });

  it('does not ask again what it may not do', async () => {
    started.next('denied');
    await expect(store.put('b', bytes, 'text/plain')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
    });
    expect(started.calls).toHaveLength(1);
  });

  it('is refused with wrong credentials', async () => {
    await expect(started.stranger.get('a')).rejects.toMatchObject({ retryable: false });
    await expect(started.stranger.put('b', bytes, 'text/plain')).rejects.toThrow();
    expect(await store.info('b')).toBeNull();
  });

  it('takes a missing bucket for a wrong configuration, not for an empty one', async () => {
    await expect(started.lost.get('a')).rejects.toMatchObject({ retryable: false });
    await expect(started.lost.list('')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
