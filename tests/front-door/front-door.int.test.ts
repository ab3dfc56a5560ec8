import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as SocketServer } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { largestPdf } from '../../apps/backend/ai-service/src/routes/guidelines.ts';
import { maxUploadBytes } from '../../apps/backend/realtime-service/src/routes/transcription.ts';
import { maxWavBytes } from '../../apps/backend/realtime-service/src/routes/voices.ts';
import { nginxPath } from '../../scripts/lib/testing/find-nginx.ts';
import { type FrontDoor, startNginx } from './start-nginx.ts';

const jsonLimit = 1024 * 1024;

/** What stands behind the door: says who it is and what reached it, without keeping the body. */
interface Seen {
  who: string;
  path: string;
  headers: Record<string, string>;
  bytes: number;
}

interface Answer {
  status: number;
  seen: Seen | null;
  text: string;
  cookies: string[];
}

function aService(who: string): Server {
  return createServer((req, res) => {
    let bytes = 0;
    req.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    req.on('end', () => {
      res.setHeader('content-type', 'application/json');
      res.setHeader('x-request-id', `${who}-request`);
      res.end(JSON.stringify({ who, path: req.url, headers: req.headers, bytes }));
    });
  });
}

describe.skipIf(nginxPath() === null)('nginx with configs/nginx.conf', () => {
  const services = {
    frontend: aService('frontend'),
    gateway: aService('gateway'),
    realtime: aService('realtime'),
  };
  const io = new SocketServer(services.realtime, { serveClient: false });
  const pcm = new WebSocketServer({ noServer: true });
  let door: FrontDoor;

  beforeAll(async () => {
    io.on('connection', (socket) => {
      socket.emit('who', socket.conn.transport.name, socket.handshake.headers['x-forwarded-for']);
    });
    services.realtime.on('upgrade', (req: IncomingMessage, line, head) => {
      if (!req.url?.startsWith('/pcm-transcription')) return;
      pcm.handleUpgrade(req, line, head, (socket) => {
        socket.on('message', (frame: Buffer) => socket.send(String(frame.length)));
      });
    });
    const listening = async (server: Server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    };
    door = await startNginx({
      frontend: await listening(services.frontend),
      gateway: await listening(services.gateway),
      realtime: [await listening(services.realtime)],
    });
  }, 60_000);

  afterAll(async () => {
    await io?.close();
    pcm.close();
    await door?.stop();
    for (const server of Object.values(services)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** One request under a name of the site. */
  function ask(
    host: string,
    path: string,
    options: { bytes?: number; headers?: Record<string, string> } = {},
  ) {
    const { bytes = 0, headers = {} } = options;
    return new Promise<Answer>((resolve, reject) => {
      let answered = false;
      const sent = request(
        {
          host: '127.0.0.1',
          port: door.port,
          path,
          method: bytes > 0 ? 'POST' : 'GET',
          headers: { host, ...(bytes > 0 ? { 'content-length': String(bytes) } : {}), ...headers },
        },
        (answer) => {
          answered = true;
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          answer.on('end', () => {
            const isJson = answer.headers['content-type'] === 'application/json';
            resolve({
              status: answer.statusCode ?? 0,
              seen: isJson ? (JSON.parse(text) as Seen) : null,
              text,
              cookies: answer.headers['set-cookie'] ?? [],
            });
          });
        },
      );
      // nginx refuses by the length and closes: what was on its way then fails, the answer is there.
      sent.on('error', (error) => {
        if (!answered) reject(error);
      });
      const piece = Buffer.alloc(64 * 1024);
      let left = bytes;
      const write = () => {
        while (left > 0) {
          const size = Math.min(left, piece.length);
          left -= size;
          if (!sent.write(piece.subarray(0, size))) {
            sent.once('drain', write);
            return;
          }
        }
        sent.end();
      };
      write();
    });
  }

  it.each([
    ['medcall.example', '/dashboard', 'frontend'],
    ['medcall.example', '/api/consultations', 'frontend'],
    ['medcall.example', '/_next/static/x.js', 'frontend'],
    ['api.medcall.example', '/api/consultations', 'gateway'],
    ['api.medcall.example', '/auth/v1/token?grant_type=password', 'gateway'],
    ['realtime.medcall.example', '/socket.io/none', 'realtime'],
  ])('%s%s is answered by the %s, path unchanged', async (host, path, who) => {
    // Engine.IO answers its own path: a name of its own lets the plain server speak.
    const { seen, status } = await ask(host, path);
    if (who === 'realtime') expect(status).toBe(400);
    else expect(seen).toMatchObject({ who, path });
  });

  it('the realtime service’s REST is not reached past the gateway', async () => {
    expect(await ask('realtime.medcall.example', '/api/rooms')).toMatchObject({
      status: 404,
      seen: null,
    });
  });

  it('what a client says about its own address and protocol does not arrive', async () => {
    const { seen } = await ask('api.medcall.example', '/x', {
      headers: {
        'x-forwarded-for': '8.8.8.8, 1.1.1.1',
        'x-real-ip': '8.8.8.8',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=8.8.8.8',
      },
    });
    expect(seen?.headers).toMatchObject({
      host: 'api.medcall.example',
      'x-forwarded-for': '127.0.0.1',
      'x-real-ip': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'api.medcall.example',
    });
    expect(seen?.headers).not.toHaveProperty('forwarded');
  });

  const limits: Array<[path: string, bytes: number]> = [
    ['/api/consultations', jsonLimit],
    ['/api/guidelines', Number.parseInt(largestPdf, 10) * 1024 * 1024],
    ['/api/clinic/doctors/x/voice', maxWavBytes],
    ['/api/transcription/upload', maxUploadBytes],
  ];

  it.each(limits)(
    '%s takes what its service takes (%i bytes)',
    async (path, bytes) => {
      const { seen, status } = await ask('api.medcall.example', path, { bytes });
      expect({ status, bytes: seen?.bytes }).toEqual({ status: 200, bytes });
    },
    60_000,
  );

  it.each(limits)(
    '%s: a body clearly over %i bytes stops at the door',
    async (path, bytes) => {
      // A multipart envelope may add up to a megabyte.
      const { status } = await ask('api.medcall.example', path, { bytes: bytes + 1024 * 1024 + 1 });
      expect(status).toBe(413);
    },
    60_000,
  );

  it.each(['websocket', 'polling'] as const)(
    'Socket.IO comes through by %s, with the client’s address',
    async (transport) => {
      const socket: Socket = connect(`http://127.0.0.1:${door.realtimePort}`, {
        transports: [transport],
        extraHeaders: { 'x-forwarded-for': '8.8.8.8' },
        forceNew: true,
      });
      try {
        const told = await new Promise((resolve, reject) => {
          socket.on('who', (...words) => resolve(words));
          socket.on('connect_error', reject);
        });
        expect(told).toEqual([transport, '127.0.0.1']);
      } finally {
        socket.close();
      }
    },
  );

  it.each([
    ['http', /^(medcall_node=[0-9a-f]{32}); Path=\/; HttpOnly; SameSite=Lax$/],
    ['https', /^(__Host-medcall_node=[0-9a-f]{32}); Path=\/; HttpOnly; SameSite=Lax; Secure$/],
  ])(
    'a line that is opened over %s gets the cookie that keeps it at its node',
    async (protocol, cookie) => {
      const open = (headers: Record<string, string>) =>
        ask('realtime.medcall.example', '/socket.io/?EIO=4&transport=polling', {
          headers: { 'x-forwarded-proto': protocol, ...headers },
        });
      const answer = await open({});
      expect(answer.text).toMatch(/^0\{"sid":/);
      expect(answer.cookies).toEqual([expect.stringMatching(cookie)]);
      const given = cookie.exec(answer.cookies[0] ?? '')?.[1] ?? '';
      const again = await open({ cookie: `other=1; ${given}; last=2` });
      expect(again.cookies).toEqual(answer.cookies);
      for (const foreign of [`x${given}`, given.slice(0, -1), `${given}0`]) {
        expect((await open({ cookie: foreign })).cookies).not.toEqual(answer.cookies);
      }
    },
  );

  it('the binary socket is upgraded and carries frames both ways', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/pcm-transcription`, {
      headers: { host: 'realtime.medcall.example' },
    });
    try {
      const answered = await new Promise((resolve, reject) => {
        socket.once('open', () => socket.send(Buffer.alloc(3204)));
        socket.once('message', (text) => resolve(String(text)));
        socket.once('error', reject);
      });
      expect(answered).toBe('3204');
    } finally {
      socket.terminate();
    }
  });

  it('the log has no query: an invitation or a token in it stays out', async () => {
    await ask('medcall.example', '/call/room?convite=geheim-123');
    await ask('api.medcall.example', '/api/documents?token=geheim-123');
    const lines = (await door.log())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string });
    expect(lines.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/call/room', '/api/documents']),
    );
    expect(JSON.stringify(lines)).not.toContain('geheim');
  });
});
