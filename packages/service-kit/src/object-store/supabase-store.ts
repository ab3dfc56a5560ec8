import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as wait } from 'node:timers/promises';
import { isStorageError, StorageClient, type StorageError } from '@supabase/storage-js';
import { AppError } from '../errors/app-error.ts';
import { noRedirects } from '../vendors/no-redirects.ts';
import { collect, guardStream } from './guard-stream.ts';
import { checkKey, type ObjectInfo, type ObjectStore } from './object-store.ts';
import { type StoreDeadlines, storeDeadlines, uploadMs } from './store-deadlines.ts';
import { toStoreError } from './store-error.ts';

export interface SupabaseStoreOptions {
  /** The project's address, for example https://abc.supabase.co. */
  url: string;
  serviceRoleKey: string;
  bucket: string;
  deadlines?: StoreDeadlines;
}

const maxAttempts = 4;
const firstPauseMs = 150;
const pageSize = 1000;

/** Objects in a private bucket of Supabase Storage, with the service-role key (DESIGN §12). */
export function createSupabaseStore(options: SupabaseStoreOptions): ObjectStore {
  const { deadlines = storeDeadlines } = options;
  const bucket = (timeoutMs: number, settings: BucketSettings = {}) =>
    new StorageClient(
      `${options.url.replace(/\/+$/, '')}/storage/v1`,
      {
        authorization: `Bearer ${options.serviceRoleKey}`,
        apikey: options.serviceRoleKey,
        ...settings.headers,
      },
      fetchWithin(timeoutMs, settings.headersOnly ?? false),
    )
      .from(options.bucket)
      .throwOnError();

  const read: ObjectStore['read'] = (key, range) => {
    checkKey(key);
    const headers = range ? { range: `bytes=${range.from}-${range.to}` } : {};
    return attempt(async () => {
      try {
        const { data } = await bucket(deadlines.callMs, { headers, headersOnly: true })
          .download(key, {}, { cache: 'no-store' })
          .asStream();
        // The DOM's and Node's declarations of one class differ in their iterators only.
        return data
          ? guardStream(Readable.fromWeb(data as ReadableStream), deadlines.idleMs)
          : null;
      } catch (error) {
        const failure = failureOf(error);
        if (isMissing(failure)) return null;
        if (failure.status === 416 || failure.code === 'InvalidRange') return Readable.from([]);
        throw error;
      }
    });
  };

  return {
    name: 'supabase',
    read,
    async put(key, body, contentType) {
      checkKey(key);
      await attempt(() =>
        bucket(uploadMs(deadlines, body.length)).upload(key, body, {
          contentType,
          upsert: true,
          cacheControl: '0',
        }),
      );
    },
    async get(key) {
      const body = await read(key);
      return body ? collect(body) : null;
    },
    info(key) {
      checkKey(key);
      return attempt(async () => {
        try {
          const { data } = await bucket(deadlines.callMs).info(key);
          return data ? { key, bytes: data.size ?? 0 } : null;
        } catch (error) {
          if (isMissing(failureOf(error))) return null;
          throw error;
        }
      });
    },
    async list(prefix) {
      const folder = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : '';
      const all = await below(folder);
      return all
        .filter((object) => object.key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async remove(key) {
      checkKey(key);
      await attempt(() => bucket(deadlines.callMs).remove([key]));
    },
  };

  /** The listing knows folders, one level at a time. */
  async function below(folder: string): Promise<ObjectInfo[]> {
    const found: ObjectInfo[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const { data } = await attempt(() =>
        bucket(deadlines.callMs).list(folder, {
          limit: pageSize,
          offset,
          sortBy: { column: 'name', order: 'asc' },
        }),
      );
      for (const entry of data ?? []) {
        const key = folder === '' ? entry.name : `${folder}/${entry.name}`;
        // Without an id it is a folder; the dashboard marks empty ones with a hidden file.
        if (entry.id === null) found.push(...(await below(key)));
        else if (!entry.name.startsWith('.')) found.push({ key, bytes: sizeOf(entry.metadata) });
      }
      if ((data?.length ?? 0) < pageSize) return found;
    }
  }
}

interface BucketSettings {
  headers?: Record<string, string>;
  /** The deadline ends with the headers: the body has one of its own. */
  headersOnly?: boolean;
}

function fetchWithin(timeoutMs: number, headersOnly: boolean): typeof fetch {
  return async (input, init) => {
    if (!headersOnly)
      return fetch(input, { ...init, ...noRedirects, signal: AbortSignal.timeout(timeoutMs) });
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      return await fetch(input, { ...init, ...noRedirects, signal: abort.signal });
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Every call may be repeated: writing, reading and deleting again change nothing. */
async function attempt<T>(work: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await work();
    } catch (thrown) {
      const failure = failureOf(thrown);
      const error = toStoreError(failure, thrown);
      // Without an answer the deadline is spent: who asks decides whether to ask again.
      if (failure.status === null || !error.retryable || number === maxAttempts) throw error;
      await wait(firstPauseMs * 2 ** (number - 1));
    }
  }
}

interface Failure {
  status: number | null;
  code: string | null;
}

function failureOf(error: unknown): Failure {
  if (error instanceof AppError || !isStorageError(error)) return { status: null, code: null };
  return { status: statusOf(error), code: codeOf(error) };
}

/** The service answers 400 for most refusals and names the true status in the body. */
function statusOf(error: StorageError): number | null {
  const named = Number(error.statusCode);
  if (Number.isInteger(named) && named >= 400) return named;
  return typeof error.status === 'number' ? error.status : null;
}

function codeOf(error: StorageError): string | null {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.statusCode ?? null;
}

function isMissing({ code, status }: Failure): boolean {
  return code === 'NoSuchKey' || (status === 404 && code !== 'NoSuchBucket');
}

function sizeOf(metadata: Record<string, unknown> | null): number {
  const size = metadata?.size;
  return typeof size === 'number' ? size : 0;
}
