import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  bodyOf,
  rangeOf,
  type StorageFault,
  type StoredObject,
  sendHalf,
} from '../storage-faults.ts';
import { checkSignature, type SigningKeys } from './sigv4.ts';

export interface FakeS3 extends SigningKeys {
  url: string;
  bucket: string;
  objects: Map<string, StoredObject>;
  /** `METHOD key` of every call whose signature held. */
  calls: string[];
  next(...faults: StorageFault[]): void;
  close(): Promise<void>;
}

/** Small, so that a few objects already make several pages; a real server gives 1,000. */
const pageSize = 3;

/**
 * Speaks Amazon S3's REST protocol for one bucket, addressed by path: PUT, GET with ranges, HEAD,
 * DELETE, ListObjectsV2 with continuation; errors as XML; every signature is verified.
 */
export async function startFakeS3(): Promise<FakeS3> {
  const keys: SigningKeys = {
    accessKeyId: 'AKIAFAKE0000000000',
    secretAccessKey: 'fake/secret+key',
    region: 'sa-east-1',
  };
  const bucket = 'medcall-test';
  const objects = new Map<string, StoredObject>();
  const calls: string[] = [];
  const faults: StorageFault[] = [];

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error as Error));
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await bodyOf(req);
    const problem = checkSignature(req, body, keys);
    if (problem) {
      sendError(req, res, problem === 'AuthorizationHeaderMalformed' ? 400 : 403, problem);
      return;
    }
    const url = new URL(req.url ?? '/', 'http://host');
    const [, wanted, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    calls.push(`${req.method} ${key}`);
    if (wanted !== bucket) {
      sendError(req, res, 404, 'NoSuchBucket');
      return;
    }
    const fault = faults.shift();
    if (fault !== undefined) {
      behave(req, res, fault, objects.get(key));
      return;
    }
    if (key === '' && req.method === 'GET') sendList(res, url.searchParams);
    else if (req.method === 'PUT') store(req, res, key, body);
    else if (req.method === 'DELETE') {
      objects.delete(key);
      res.writeHead(204).end();
    } else sendObject(req, res, objects.get(key));
  }

  function store(req: IncomingMessage, res: ServerResponse, key: string, body: Buffer): void {
    const contentType = req.headers['content-type'] ?? 'binary/octet-stream';
    objects.set(key, { body, contentType });
    res.writeHead(200, { etag: etagOf(body) }).end();
  }

  function sendList(res: ServerResponse, query: URLSearchParams): void {
    if (query.get('list-type') !== '2') throw new Error('only ListObjectsV2 is spoken here');
    const prefix = query.get('prefix') ?? '';
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
    const all = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = all.slice(0, pageSize);
    const truncated = all.length > page.length;
    const token = Buffer.from(page.at(-1) ?? '').toString('base64');
    const contents = page.map((key) => {
      const body = objects.get(key)?.body ?? Buffer.alloc(0);
      return `<Contents><Key>${key}</Key><LastModified>2026-11-23T10:00:00.000Z</LastModified><ETag>&quot;${etagOf(body).slice(1, -1)}&quot;</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
    });
    sendXml(
      res,
      200,
      `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${pageSize}</MaxKeys><IsTruncated>${truncated}</IsTruncated>${truncated ? `<NextContinuationToken>${token}</NextContinuationToken>` : ''}${contents.join('')}</ListBucketResult>`,
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...keys,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    objects,
    calls,
    next: (...more) => faults.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendObject(
  req: IncomingMessage,
  res: ServerResponse,
  object: StoredObject | undefined,
): void {
  if (!object) {
    sendError(req, res, 404, 'NoSuchKey');
    return;
  }
  const range = rangeOf(req, object.body.length);
  if (range === 'unsatisfiable') {
    sendError(req, res, 416, 'InvalidRange');
    return;
  }
  const part = range ? object.body.subarray(range.from, range.to + 1) : object.body;
  res.writeHead(range ? 206 : 200, {
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    'content-length': part.length,
    etag: etagOf(object.body),
    ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${object.body.length}` } : {}),
  });
  res.end(req.method === 'HEAD' ? undefined : part);
}

function behave(
  req: IncomingMessage,
  res: ServerResponse,
  fault: StorageFault,
  object: StoredObject | undefined,
): void {
  switch (fault) {
    case 'slow_down':
      sendError(req, res, 503, 'SlowDown');
      return;
    case 'server_error':
      sendError(req, res, 500, 'InternalError');
      return;
    case 'full':
      // What MinIO answers when its disks are full.
      sendError(req, res, 507, 'XMinioStorageFull');
      return;
    case 'denied':
      sendError(req, res, 403, 'AccessDenied');
      return;
    case 'not_the_store':
      res.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
      return;
    case 'hang':
      return;
    case 'cut_off':
    case 'stall':
      sendHalf(res, object?.body ?? Buffer.alloc(2), fault);
      return;
  }
}

function sendError(req: IncomingMessage, res: ServerResponse, status: number, code: string): void {
  // An answer to HEAD has no body: the client sees the status alone.
  if (req.method === 'HEAD') {
    res.writeHead(status).end();
    return;
  }
  sendXml(
    res,
    status,
    `<Error><Code>${code}</Code><Message>${code}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
  );
}

function sendXml(res: ServerResponse, status: number, xml: string): void {
  res
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
