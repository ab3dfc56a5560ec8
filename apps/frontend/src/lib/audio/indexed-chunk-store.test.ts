import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { openChunkStore } from './indexed-chunk-store.ts';

function aChunk(seq: number) {
  return { seq, capturedAtMs: seq * 100, data: new ArrayBuffer(4) };
}

describe('openChunkStore', () => {
  it('gives back after a reload what was not durable yet, in order and per capture', async () => {
    const before = await openChunkStore('room-one', 'patient');
    for (const seq of [2, 0, 1, 3]) await before.put('a', aChunk(seq));
    await before.put('b', aChunk(0));
    await before.removeThrough('a', 1);
    const after = await (await openChunkStore('room-one', 'patient')).load();
    expect(after.get('a')?.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(after.get('b')?.map(({ seq }) => seq)).toEqual([0]);
  });

  it('shows nobody the chunks of another person or room, and clears its own alone', async () => {
    const mine = await openChunkStore('room-two', 'doctor');
    const other = await openChunkStore('room-two', 'patient');
    await mine.put('a', aChunk(0));
    await other.put('a', aChunk(0));
    await mine.clear();
    expect((await mine.load()).size).toBe(0);
    expect((await other.load()).size).toBe(1);
  });

  it('forgets audio that is older than a day', async () => {
    const now = Date.UTC(2026, 10, 23);
    const store = await openChunkStore('room-three', 'patient', () => now);
    await store.put('a', aChunk(0));
    const later = await openChunkStore('room-three', 'patient', () => now + 25 * 3600 * 1000);
    expect((await later.load()).size).toBe(0);
  });

  it('goes on in memory where the browser refuses IndexedDB', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const store = await openChunkStore('room-four', 'patient');
    await store.put('a', aChunk(0));
    expect((await store.load()).size).toBe(0);
    open.mockRestore();
  });
});
