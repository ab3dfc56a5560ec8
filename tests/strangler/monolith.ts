import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@medcall/service-kit';
import { Server as SocketServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { ledger, type Person, records } from './monolith-records.ts';

export interface MonolithUser {
  email: string;
  password: string;
  sub: string;
}

export interface Monolith {
  url: string;
  /** Requests, handshakes and sockets by prefix since the last call. */
  takeHits(): Record<string, number>;
  stop(): Promise<void>;
}

export interface MonolithOptions {
  /** The database that it shares with the services, as seed §10.2 begins. */
  database: Database;
  users: readonly MonolithUser[];
  /** The address that it tells its clients. */
  publicUrl: string;
  /** Says whose a token of the new identity is, once that answers `/auth/v1`. */
  identityUrl: string;
}

interface Ask {
  path: string[];
  query: URLSearchParams;
  body: unknown;
  person: Person;
}

type Handler = (ask: Ask) => Promise<{ status: number; json: unknown } | null>;

/**
 * A small system as it stood before: one process with sign-in, people, consultations, rooms, sockets and
 * costs, on its own code. What it stores is what the services go on with.
 */
export async function startMonolith(options: MonolithOptions): Promise<Monolith> {
  const kept = records(options.database);
  const hits = new Map<string, number>();
  const tokens = new Map<string, string>();
  const count = (prefix: string) => hits.set(prefix, (hits.get(prefix) ?? 0) + 1);

  const subOf = async (token: string): Promise<string | undefined> => {
    const own = tokens.get(token);
    if (own !== undefined || token === '') return own;
    const answer = await fetch(`${options.identityUrl}/auth/v1/user`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!answer.ok) return undefined;
    return z.object({ id: z.string() }).parse(await answer.json()).id;
  };
  const personOf = async (token: string) => {
    const sub = await subOf(token);
    return sub === undefined ? undefined : kept.person(sub);
  };

  const signIn = (body: unknown) => {
    const { email, password } = z.object({ email: z.string(), password: z.string() }).parse(body);
    const user = options.users.find((one) => one.email === email && one.password === password);
    if (!user) return { status: 400, json: { msg: 'Invalid login credentials' } };
    const token = randomUUID();
    tokens.set(token, user.sub);
    return { status: 200, json: { access_token: token, token_type: 'bearer' } };
  };

  const handlers: Record<string, Handler> = {
    'GET /api/me': async ({ person }) => ok(await kept.me(person, options.publicUrl)),
    'GET /api/patients': async ({ person, query }) =>
      ok({ items: await kept.patients(person, query.get('search') ?? ''), nextCursor: null }),
    'POST /api/patients': async ({ person, body }) =>
      created(await kept.addPatient(person, z.object({ name: z.string() }).parse(body).name)),
    'GET /api/consultations': async ({ person, path }) =>
      found(await kept.consultation(person, path[0] ?? '')),
    'POST /api/consultations': async ({ person, body, path }) => {
      if (path[1] === 'consents') {
        const given = z.object({
          type: z.enum(['care', 'recording', 'ai']),
          accepted: z.boolean(),
        });
        return created(await kept.consent(person, path[0] ?? '', given.parse(body)));
      }
      return created(await kept.book(person, z.object({ patient_id: z.uuid() }).parse(body)));
    },
    'GET /api/rooms': async ({ person, path }) => found(await kept.room(person, path[0] ?? '')),
    'GET /api/sessions': async ({ person, query }) =>
      ok({ items: await kept.sessions(person, query.get('room_id') ?? ''), nextCursor: null }),
    'GET /api/recordings': async () => ok({ items: [], nextCursor: null }),
    'GET /api/ai-pricing': async ({ person }) => ok(await ledger(options.database, person)),
  };

  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const url = new URL(req.url ?? '/', 'http://monolith');
    const [, first = '', second = '', ...path] = url.pathname.split('/');
    const prefix = `/${first}/${second}`;
    count(prefix);
    const body = await bodyOf(req);
    if (url.pathname === '/auth/v1/token') return send(res, signIn(body));
    const token = (req.headers.authorization ?? '').replace('Bearer ', '');
    const person = await personOf(token);
    if (!person) return send(res, { status: 401, json: { error: { code: 'unauthenticated' } } });
    const handler = handlers[`${req.method} ${prefix}`];
    const result = handler && (await handler({ path, query: url.searchParams, body, person }));
    return send(res, result ?? { status: 404, json: { error: { code: 'not_found' } } });
  };

  const server = createServer((req, res) => {
    // Socket.IO answers its own path.
    if (req.url?.startsWith('/socket.io')) return;
    answer(req, res).catch((error: unknown) => {
      send(res, { status: 500, json: { error: { code: 'internal', message: String(error) } } });
    });
  });
  const io = serveSocketIo(server, { personOf, kept, count });
  const pcm = servePcm(server, { personOf, count });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeHits() {
      const taken = Object.fromEntries(hits);
      hits.clear();
      return taken;
    },
    async stop() {
      for (const client of pcm.clients) client.terminate();
      await io.close();
    },
  };
}

interface SocketParts {
  personOf(token: string): Promise<Person | undefined>;
  kept: ReturnType<typeof records>;
  count(prefix: string): void;
}

function serveSocketIo(
  server: ReturnType<typeof createServer>,
  { personOf, kept, count }: SocketParts,
): SocketServer {
  const io = new SocketServer(server, { destroyUpgrade: false });
  io.use((socket, next) => {
    personOf(String(socket.handshake.auth.token)).then((person) => {
      socket.data.person = person;
      next(person ? undefined : new Error('unauthenticated'));
    }, next);
  });
  io.on('connection', (socket) => {
    count('/socket.io');
    const person: Person = socket.data.person;
    const event = (name: string, work: (consultationId: string) => Promise<unknown>) =>
      socket.on(name, (payload: { consultationId: string }, done: (answer: unknown) => void) => {
        work(payload.consultationId).then(
          () => done({ ok: true, ackedSeq: 0, durableSeq: 0 }),
          (error: unknown) =>
            done({ ok: false, error: { code: 'internal', message: String(error) } }),
        );
      });
    event('join-presential', (id) => kept.consultation(person, id));
    event('start-recording', (id) => kept.begin(person, id));
    event('audio-data', async () => undefined);
    event('stop-recording', (id) => kept.pause(person, id));
    event('end-presential', (id) => kept.end(person, id));
  });
  return io;
}

function servePcm(
  server: ReturnType<typeof createServer>,
  { personOf, count }: Pick<SocketParts, 'personOf' | 'count'>,
): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => 'medcall.pcm.v1',
  });
  server.on('upgrade', (req, socket, head) => {
    if (!req.url?.startsWith('/pcm-transcription')) return;
    count('/pcm-transcription');
    const bearer = /bearer\.([^,\s]+)/.exec(req.headers['sec-websocket-protocol'] ?? '')?.[1];
    personOf(bearer ?? '').then(
      (person) => {
        if (!person) return socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
        sockets.handleUpgrade(req, socket, head, (opened) => {
          const first = { type: 'start', captureId: '0', nextSeq: 0, durableSeq: -1 };
          opened.send(JSON.stringify(first));
          opened.on('message', (frame: Buffer) => {
            const seq = frame.readUInt32LE();
            opened.send(JSON.stringify({ type: 'ack', ackedSeq: seq, durableSeq: seq }));
          });
        });
      },
      () => socket.destroy(),
    );
  });
  return sockets;
}

const ok = (json: unknown) => ({ status: 200, json });
const created = (json: unknown) => ({ status: 201, json });
const found = (json: unknown) => (json === undefined ? null : ok(json));

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function send(res: ServerResponse, { status, json }: { status: number; json: unknown }): void {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(json));
}
