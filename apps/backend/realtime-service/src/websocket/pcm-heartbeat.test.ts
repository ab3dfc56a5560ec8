import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, systemClock, type UserCaller } from '@medcall/service-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { PcmHub } from './pcm-hub.ts';
import { type PcmSockets, servePcmSockets } from './pcmTranscriptionHandler.ts';

const id = '0b6f3f0e-8b0a-4a55-9f0b-5f6c8c1c1a01';
const issuedAt = Math.floor(Date.now() / 1000);
const caller: UserCaller = {
  kind: 'member',
  sub: id,
  iat: issuedAt,
  sessionId: null,
  claims: { role: 'authenticated', sub: id, exp: issuedAt + 3600 },
};
const room = {
  consultationId: id,
  roomId: 'room',
  clinicaId: id,
  doctorId: id,
  doctorAuth: null,
  doctorName: 'Bia',
  status: 'IN_PROGRESS',
  type: 'ONLINE',
  aiEnabled: true,
  timelineZeroAt: null,
  endedAt: null,
} as const;
const marks = { ackedSeq: -1, durableSeq: -1 };

let http: Server;
let sockets: PcmSockets;
let beat: () => void;

beforeEach(async () => {
  http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  sockets = servePcmSockets({
    http,
    corsOrigins: [],
    verifier: { verify: async () => caller },
    admission: {
      seatOf: async () => ({ room, role: 'patient', participantId: id, speaker: 'PACIENTE' }),
    },
    rooms: { of: async () => ({ accept: async () => marks, marksOf: async () => marks }) },
    hub: new PcmHub(),
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'silent' }),
    heartbeat: (given) => {
      beat = given;
      return { end: () => undefined };
    },
  });
});

afterEach(async () => {
  sockets.stop();
  http.close();
  await once(http, 'close');
});

/** A client whose first frame has come. */
async function connected(autoPong: boolean): Promise<WebSocket> {
  const { port } = http.address() as AddressInfo;
  const address = `ws://127.0.0.1:${port}/pcm-transcription?sessionId=${id}&userId=ana`;
  const client = new WebSocket(address, ['medcall.pcm.v1', 'bearer.token'], { autoPong });
  await once(client, 'message');
  return client;
}

describe('the heartbeat of the native PCM socket', () => {
  it('pings, and leaves whoever answers connected, beat after beat', async () => {
    const client = await connected(true);
    for (let beats = 0; beats < 3; beats += 1) {
      const pinged = once(client, 'ping');
      beat();
      await pinged;
      // Frames come in order: when this one is answered, the pong before it was heard.
      const answered = once(client, 'message');
      client.send('not sound');
      await answered;
    }
    expect(client.readyState).toBe(WebSocket.OPEN);
    expect(sockets.stats().connections).toBe(1);
    client.terminate();
  });

  it('cuts off whoever does not answer', async () => {
    const client = await connected(false);
    const pinged = once(client, 'ping');
    const closed = once(client, 'close');
    beat();
    await pinged;
    beat();
    expect((await closed)[0]).toBe(1006);
  });
});
