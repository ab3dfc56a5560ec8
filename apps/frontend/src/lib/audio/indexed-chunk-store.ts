import { type DBSchema, openDB } from 'idb';
import { type Chunk, type ChunkStore, createMemoryChunkStore } from './chunk-store.ts';

interface Row extends Chunk {
  owner: string;
  captureId: string;
  storedAtMs: number;
}

interface AudioDatabase extends DBSchema {
  chunks: {
    key: [string, string, number];
    value: Row;
    indexes: { byOwner: string; byAge: number };
  };
}

/** Audio of a consultation that never went on is not kept on a person's device for longer. */
const maxAgeMs = 24 * 3600 * 1000;

/** Chunks in IndexedDB; falls back to memory where the browser refuses it. */
export async function openChunkStore(
  roomId: string,
  userId: string,
  nowMs: () => number = Date.now,
): Promise<ChunkStore> {
  const owner = `${roomId}/${userId}`;
  try {
    const db = await openDB<AudioDatabase>('medcall-audio', 1, {
      upgrade(database) {
        const chunks = database.createObjectStore('chunks', {
          keyPath: ['owner', 'captureId', 'seq'],
        });
        chunks.createIndex('byOwner', 'owner');
        chunks.createIndex('byAge', 'storedAtMs');
      },
    });
    const old = await db.getAllKeysFromIndex(
      'chunks',
      'byAge',
      IDBKeyRange.upperBound(nowMs() - maxAgeMs),
    );
    await Promise.all(old.map((key) => db.delete('chunks', key)));

    return {
      put: async (captureId, chunk) => {
        await db.put('chunks', { ...chunk, owner, captureId, storedAtMs: nowMs() });
      },
      removeThrough: (captureId, seq) =>
        db.delete('chunks', IDBKeyRange.bound([owner, captureId, 0], [owner, captureId, seq])),
      load: async () => {
        const captures = new Map<string, Chunk[]>();
        for (const row of await db.getAllFromIndex('chunks', 'byOwner', owner)) {
          const chunks = captures.get(row.captureId) ?? [];
          chunks.push({ seq: row.seq, capturedAtMs: row.capturedAtMs, data: row.data });
          captures.set(row.captureId, chunks);
        }
        for (const chunks of captures.values()) chunks.sort((a, b) => a.seq - b.seq);
        return captures;
      },
      clear: async () => {
        const keys = await db.getAllKeysFromIndex('chunks', 'byOwner', owner);
        await Promise.all(keys.map((key) => db.delete('chunks', key)));
      },
    };
  } catch (cause) {
    console.warn('[audio] IndexedDB is not available; chunks are kept in memory', cause);
    return createMemoryChunkStore();
  }
}
