import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, type TokenVerifier } from '@medcall/service-kit';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerTokenRenewal } from './connection.ts';
import { createSocketServer } from './socket-server.ts';
import type { RoomServer } from './socket-types.ts';

const page = 'https://medcall.example';
const logger = createLogger({ service: 'test', level: 'silent' });
/** Takes every token for the same person's. */
const verifier: TokenVerifier = {
  verify: async () => ({
    kind: 'member',
    sub: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11',
    iat: 0,
    sessionId: null,
    claims: { exp: 4_000_000_000 },
  }),
};
let http: Server;
let io: RoomServer;

beforeAll(async () => {
  http = createServer();
  io = createSocketServer({
    http,
    corsOrigins: [page],
    verifier,
    logger,
  });
  io.on('connection', (socket) => registerTokenRenewal(socket, { verifier, logger }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterAll(() => io.close());

function handshake(headers: Record<string, string>, transport: 'polling' | 'websocket') {
  const { port } = http.address() as AddressInfo;
  const path = `/socket.io/?EIO=4&transport=${transport}`;
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    asked.on('upgrade', (answer, line) => {
      line.destroy();
      resolve(answer);
    });
    asked.on('error', reject);
  });
}

const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
};

describe('the handshake of a socket', () => {
  it.each([
    ['polling', {}],
    ['websocket', upgrade],
  ] as const)('by %s is for pages of listed origins', async (transport, headers) => {
    const opened = await handshake({ ...headers, Origin: page }, transport);
    expect([200, 101]).toContain(opened.statusCode);
    for (const Origin of ['https://mal.example', `${page}.mal.example`, 'null']) {
      const refused = await handshake({ ...headers, Origin }, transport);
      // Engine.IO says 400 where the line was to be upgraded.
      expect(refused.statusCode).toBe(transport === 'polling' ? 403 : 400);
    }
  });

  it('has the headers that protect', async () => {
    const { headers } = await handshake({ Origin: page }, 'polling');
    expect(headers['strict-transport-security']).toMatch(/max-age=31536000; includeSubDomains/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['access-control-allow-origin']).toBe(page);
  });
});

describe('the events of a socket', () => {
  const sockets: Socket[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.close();
  });

  async function aPerson(): Promise<Socket> {
    const { port } = http.address() as AddressInfo;
    const socket = connect(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { token: 't' },
    });
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve).on('connect_error', reject);
    });
    return socket;
  }
  const renewal = { token: 't' };

  it('of one person are refused when they come in floods, and everybody else is answered', async () => {
    const [flooding, other] = [await aPerson(), await aPerson()];
    const answers = await Promise.all(
      Array.from({ length: 400 }, () => flooding.emitWithAck('renew-token', renewal)),
    );
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(100);
    for (const { error } of refused) {
      expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    }
    expect(await other.emitWithAck('renew-token', renewal)).toEqual({ ok: true });
    await expect
      .poll(async () => (await flooding.emitWithAck('renew-token', renewal)).ok, {
        timeout: 15_000,
      })
      .toBe(true);
  });

  it('that are malformed are refused one by one, and the line goes on', async () => {
    const socket = await aPerson();
    for (const malformed of [null, 7, 'x', [], { token: 7 }, { token: { $gt: '' } }, {}]) {
      expect(await socket.emitWithAck('renew-token', malformed)).toMatchObject({
        ok: false,
        error: { code: 'validation_failed' },
      });
    }
    // Neither an acknowledgement that is none nor an event that there is not ends anything.
    socket.emit('renew-token', renewal, 'no function');
    socket.emit('no-such-event', { a: 1 });
    expect(await socket.emitWithAck('renew-token', renewal)).toEqual({ ok: true });
  });
});
