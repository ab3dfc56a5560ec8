import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { collect, guardStream } from './guard-stream.ts';
import { checkKey, type ObjectInfo, type ObjectStore } from './object-store.ts';
import { type StoreDeadlines, storeDeadlines, uploadMs } from './store-deadlines.ts';
import { toStoreError } from './store-error.ts';

export interface S3StoreOptions {
  bucket: string;
  region: string;
  /** Address of an S3-compatible server; AWS itself when left out. */
  endpoint?: string;
  /** Left out, the SDK looks for the credentials of the machine, pod or role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  deadlines?: StoreDeadlines;
}

/** Tries of one call, the first included; the SDK waits longer each time. */
const maxAttempts = 4;
const connectMs = 3_000;

type Sdk = typeof import('@aws-sdk/client-s3');

/** Objects in a bucket of Amazon S3 or of any server that speaks its protocol (MinIO, R2, Ceph…). */
export function createS3Store(options: S3StoreOptions): ObjectStore {
  const { bucket: Bucket, deadlines = storeDeadlines } = options;
  let connected: Promise<{ sdk: Sdk; client: S3Client }> | undefined;
  // The SDK takes a quarter of a second to load: only who uses it waits for it.
  const connect = () => {
    connected ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: createClient(sdk, options),
    }));
    return connected;
  };
  const within = (ms: number) => ({ abortSignal: AbortSignal.timeout(ms) });

  const read: ObjectStore['read'] = async (key, range) => {
    const Key = checkKey(key);
    const { client, sdk } = await connect();
    const Range = range ? { Range: `bytes=${range.from}-${range.to}` } : {};
    try {
      const found = await client.send(
        new sdk.GetObjectCommand({ Bucket, Key, ...Range }),
        within(deadlines.callMs),
      );
      return found.Body instanceof Readable ? guardStream(found.Body, deadlines.idleMs) : null;
    } catch (error) {
      const { code, status } = failureOf(error);
      if (isMissing(code, status)) return null;
      if (status === 416) return Readable.from([]);
      throw toStoreError({ code, status }, error);
    }
  };

  return {
    name: 's3',
    read,
    async put(key, body, contentType) {
      const Key = checkKey(key);
      const { client, sdk } = await connect();
      await client
        .send(
          new sdk.PutObjectCommand({ Bucket, Key, Body: body, ContentType: contentType }),
          within(uploadMs(deadlines, body.length)),
        )
        .catch(rethrow);
    },
    async get(key) {
      const body = await read(key);
      return body ? collect(body) : null;
    },
    async info(key) {
      const Key = checkKey(key);
      const { client, sdk } = await connect();
      try {
        const head = await client.send(
          new sdk.HeadObjectCommand({ Bucket, Key }),
          within(deadlines.callMs),
        );
        return { key, bytes: head.ContentLength ?? 0 };
      } catch (error) {
        const failure = failureOf(error);
        if (isMissing(failure.code, failure.status)) return null;
        throw toStoreError(failure, error);
      }
    },
    async list(prefix) {
      const { client, sdk } = await connect();
      const found: ObjectInfo[] = [];
      let next: string | undefined;
      do {
        const page = await client
          .send(
            new sdk.ListObjectsV2Command({
              Bucket,
              Prefix: prefix,
              ...(next === undefined ? {} : { ContinuationToken: next }),
            }),
            within(deadlines.callMs),
          )
          .catch(rethrow);
        for (const { Key, Size } of page.Contents ?? []) {
          if (Key !== undefined) found.push({ key: Key, bytes: Size ?? 0 });
        }
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (next !== undefined);
      return found;
    },
    async remove(key) {
      const Key = checkKey(key);
      const { client, sdk } = await connect();
      await client
        .send(new sdk.DeleteObjectCommand({ Bucket, Key }), within(deadlines.callMs))
        .catch(rethrow);
    },
  };
}

function createClient(sdk: Sdk, { credentials, endpoint, region }: S3StoreOptions): S3Client {
  return new sdk.S3Client({
    region,
    // Servers other than AWS seldom have a host name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts,
    // The signature already covers the SHA-256 of the body; many servers know none of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMs },
  });
}

function rethrow(error: unknown): never {
  throw toStoreError(failureOf(error), error);
}

function failureOf(error: unknown): { status: number | null; code: string | null } {
  if (!(error instanceof Error)) return { status: null, code: null };
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return { status: typeof status === 'number' ? status : null, code: error.name };
}

/** A bucket that does not exist is a wrong configuration, not a missing object. */
function isMissing(code: string | null, status: number | null): boolean {
  return status === 404 && code !== 'NoSuchBucket';
}
