import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  bodyOf,
  rangeOf,
  type StorageFault,
  type StoredObject,
  sendHalf,
} from '../storage-faults.ts';

export interface FakeSupabaseStorage {
  /** The project's address; the service itself is below /storage/v1. */
  url: string;
  serviceRoleKey: string;
  bucket: string;
  objects: Map<string, StoredObject>;
  /** `METHOD path` of every authorised call. */
  calls: string[];
  next(...faults: StorageFault[]): void;
  close(): Promise<void>;
}

const root = '/storage/v1/object/';

/**
 * Speaks the part of Supabase Storage's REST protocol that the adapter uses, for one private bucket:
 * upload with x-upsert, download with ranges, info, list (one folder level, pages), delete.
 * As in the service, most refusals are HTTP 400 and the body names the true status.
 */
export async function startFakeSupabaseStorage(): Promise<FakeSupabaseStorage> {
  const serviceRoleKey = 'fake-service-role-key';
  const bucket = 'medcall-test';
  const objects = new Map<string, StoredObject>();
  const calls: string[] = [];
  const faults: StorageFault[] = [];

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.destroy(error as Error));
  });

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await bodyOf(req);
    if (req.headers.authorization !== `Bearer ${serviceRoleKey}`) {
      refuse(res, 400, 403, 'InvalidJWT', 'Invalid JWT');
      return;
    }
    const path = decodeURIComponent(new URL(req.url ?? '/', 'http://host').pathname);
    calls.push(`${req.method} ${path}`);
    if (!path.startsWith(root)) {
      refuse(res, 404, 404, 'NotFound', 'Route not found');
      return;
    }
    const [first = '', ...others] = path.slice(root.length).split('/');
    const word = first === 'info' || first === 'list' ? first : null;
    const [wanted, ...rest] = word ? others : [first, ...others];
    const key = rest.join('/');
    if (wanted !== bucket) {
      refuse(res, 400, 404, 'NoSuchBucket', 'Bucket not found');
      return;
    }
    const fault = faults.shift();
    if (fault !== undefined) behave(res, fault, objects.get(key));
    else if (word === 'list') sendList(res, JSON.parse(body.toString()));
    else if (word === 'info') sendInfo(res, key, objects.get(key));
    else if (req.method === 'DELETE') removeAll(res, JSON.parse(body.toString()));
    else if (req.method === 'GET') sendObject(req, res, objects.get(key));
    else store(req, res, key, body);
  }

  function store(req: IncomingMessage, res: ServerResponse, key: string, body: Buffer): void {
    if (objects.has(key) && req.headers['x-upsert'] !== 'true' && req.method === 'POST') {
      refuse(res, 400, 409, 'KeyAlreadyExists', 'The resource already exists');
      return;
    }
    const contentType = req.headers['content-type'] ?? 'application/octet-stream';
    objects.set(key, { body, contentType });
    send(res, 200, { Id: randomUUID(), Key: `${bucket}/${key}` });
  }

  function removeAll(res: ServerResponse, { prefixes }: { prefixes: string[] }): void {
    const removed = prefixes.filter((key) => objects.delete(key));
    send(
      res,
      200,
      removed.map((name) => ({ name, bucket_id: bucket })),
    );
  }

  function sendList(
    res: ServerResponse,
    query: { prefix: string; limit: number; offset: number },
  ): void {
    const folder = query.prefix === '' ? '' : `${query.prefix}/`;
    const names = new Map<string, StoredObject | null>();
    for (const [key, object] of objects) {
      if (!key.startsWith(folder)) continue;
      const [name = '', ...deeper] = key.slice(folder.length).split('/');
      names.set(name, deeper.length > 0 ? null : object);
    }
    const page = [...names.keys()].sort().slice(query.offset, query.offset + query.limit);
    send(
      res,
      200,
      page.map((name) => entryOf(name, names.get(name) ?? null)),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serviceRoleKey,
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

/** A folder is an entry without an id. */
function entryOf(name: string, object: StoredObject | null) {
  return object
    ? {
        name,
        id: randomUUID(),
        metadata: { size: object.body.length, mimetype: object.contentType },
      }
    : { name, id: null, metadata: null };
}

function sendInfo(res: ServerResponse, key: string, object: StoredObject | undefined): void {
  if (!object) {
    refuse(res, 400, 404, 'NoSuchKey', 'Object not found');
    return;
  }
  send(res, 200, {
    id: randomUUID(),
    name: key,
    size: object.body.length,
    content_type: object.contentType,
  });
}

function sendObject(
  req: IncomingMessage,
  res: ServerResponse,
  object: StoredObject | undefined,
): void {
  if (!object) {
    refuse(res, 400, 404, 'NoSuchKey', 'Object not found');
    return;
  }
  const range = rangeOf(req, object.body.length);
  if (range === 'unsatisfiable') {
    refuse(res, 400, 416, 'S3Error', 'InvalidRange');
    return;
  }
  const part = range ? object.body.subarray(range.from, range.to + 1) : object.body;
  res.writeHead(range ? 206 : 200, {
    'content-type': object.contentType,
    'content-length': part.length,
    ...(range ? { 'content-range': `bytes ${range.from}-${range.to}/${object.body.length}` } : {}),
  });
  res.end(part);
}

function behave(res: ServerResponse, fault: StorageFault, object: StoredObject | undefined): void {
  switch (fault) {
    case 'slow_down':
      refuse(res, 400, 503, 'SlowDown', 'Please reduce your request rate');
      return;
    case 'server_error':
      refuse(res, 500, 500, 'InternalError', 'Internal server error');
      return;
    case 'full':
      res.writeHead(402, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          message: 'Service for this project is restricted: exceed_storage_size_quota.',
        }),
      );
      return;
    case 'denied':
      refuse(res, 400, 403, 'AccessDenied', 'new row violates row-level security policy');
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

function refuse(
  res: ServerResponse,
  status: number,
  named: number,
  code: string,
  message: string,
): void {
  send(res, status, { statusCode: String(named), code, error: code, message });
}

function send(res: ServerResponse, status: number, content: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
