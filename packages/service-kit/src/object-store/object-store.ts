import type { Readable } from 'node:stream';

export interface ObjectInfo {
  key: string;
  bytes: number;
}

/**
 * Where files live that outlast a machine: audio segments, recordings, documents.
 * Keys are relative paths of `[A-Za-z0-9._-]` parts. Every call has a deadline and rejects with
 * AppError `unavailable` (retryable) when the store cannot be reached, `storage_full` when it is full.
 */
export interface ObjectStore {
  readonly name: string;
  /** Writes a whole object; a reader sees all of it or nothing. */
  put(key: string, body: Buffer, contentType: string): Promise<void>;
  /** The object, or null when there is none. */
  get(key: string): Promise<Buffer | null>;
  /** Bytes from..to, both included, as a stream; null when there is no such object. */
  read(key: string, range?: { from: number; to: number }): Promise<Readable | null>;
  info(key: string): Promise<ObjectInfo | null>;
  /** Objects whose keys begin with `prefix`, in order of their keys. */
  list(prefix: string): Promise<ObjectInfo[]>;
  /** Deletes an object; one that is not there counts as deleted. */
  remove(key: string): Promise<void>;
}

const keyPattern = /^(?!\.)[A-Za-z0-9._-]+(\/(?!\.)[A-Za-z0-9._-]+)*$/;

/** @throws TypeError for a key that could leave its folder or mean something to a store */
export function checkKey(key: string): string {
  if (!keyPattern.test(key) || key.length > 512) throw new TypeError('not an object key');
  return key;
}

/** Deletes everything below a prefix. */
export async function removeAll(store: ObjectStore, prefix: string): Promise<void> {
  for (const { key } of await store.list(prefix)) await store.remove(key);
}
