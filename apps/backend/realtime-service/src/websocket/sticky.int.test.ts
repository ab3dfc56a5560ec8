import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createTestTokens } from '@medcall/service-kit/testing/tokens';
import { createWorld, type TestConsultation, type World } from '@medcall/service-kit/testing/world';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nginxPath } from '../../../../../scripts/lib/testing/find-nginx.ts';
import { type FrontDoor, startNginx } from '../../../../../tests/front-door/start-nginx.ts';
import { hasRedis, startTestRedis, type TestRedis } from '../../../../../tests/support/redis.ts';
import { ask, next } from '../testing/client.ts';
import { startTestService, type TestService, type TestSocket } from '../testing/test-service.ts';

// Two nodes behind a real nginx with configs/nginx.conf, and clients that may only poll.
describe.skipIf(!hasRedis() || nginxPath() === null)('clients that poll, behind nginx', () => {
  let db: TestDatabase;
  let world: World;
  let redis: TestRedis;
  let objects: string;
  let nodes: TestService[] = [];
  let door: FrontDoor;
  let address: string;
  const sockets: TestSocket[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    world = await createWorld(db.ownerUrl);
    redis = await startTestRedis();
    objects = await mkdtemp(join(tmpdir(), 'medcall-objects-'));
    const tokens = await createTestTokens();
    const cluster = { redisUrl: redis.url, objectStoreDir: objects, tokens };
    nodes = await Promise.all([1, 2].map(() => startTestService({ appUrl: db.appUrl, cluster })));
    const portOf = ({ url }: TestService) => Number(new URL(url).port);
    // Pages and REST are not part of this.
    door = await startNginx({ frontend: 9, gateway: 9, realtime: nodes.map(portOf) });
    address = `http://127.0.0.1:${door.realtimePort}`;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await door?.stop();
    await Promise.all(nodes.map((node) => node.stop()));
    await redis?.stop();
    await world?.close();
    await db?.drop();
    await rm(objects, { recursive: true, force: true });
  });

  /** Opens a line by hand. @returns what Socket.IO's requests need */
  async function openLine() {
    const opened = await fetch(`${address}/socket.io/?EIO=4&transport=polling`);
    const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
    const [cookie = ''] = (opened.headers.get('set-cookie') ?? '').split(';');
    // A pong: taken at any time by the node that knows the line.
    const post = async (headers: Record<string, string>) =>
      (
        await fetch(`${address}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
          method: 'POST',
          body: '3',
          headers,
        })
      ).status;
    return { cookie, post };
  }

  it('stay with the node that opened their line, as long as they bring the cookie', async () => {
    for (let line = 0; line < 6; line++) {
      const { cookie, post } = await openLine();
      expect(cookie).toMatch(/^medcall_node=[0-9a-f]{32}$/);
      for (let k = 0; k < 8; k++) expect(await post({ cookie })).toBe(200);
    }
  });

  it('are dealt at random without it: a node that does not know the line says so', async () => {
    const statuses = new Set<number>();
    // One line without a cookie comes to the same node 40 times in a row once in 10^12 runs.
    const { post } = await openLine();
    for (let k = 0; k < 40; k++) statuses.add(await post({ cookie: 'medcall_node=forged' }));
    expect(statuses).toContain(400);
  });

  it('hold a whole call: doctor and patient meet, whichever nodes they came to', async () => {
    for (let k = 0; k < 3; k++) {
      const consultation = await world.aConsultation();
      await world.aConsent(consultation, 'care');
      const invitation = await world.anInvitation(consultation);
      const [node] = nodes;
      if (!node) throw new Error('no node');
      const doctor = polling(await node.tokens.forDoctor(consultation.doctor));
      const patient = polling(await node.tokens.forInvited(consultation, invitation));
      await Promise.all([connected(doctor), connected(patient)]);
      const entered = next(doctor, 'room-joined');
      await enterRoom(doctor, consultation, consultation.doctor.sub, 'doctor');
      await entered;
      const waiting = next(doctor, 'participant-waiting');
      await enterRoom(patient, consultation, invitation.sub, 'patient');
      const { participant } = await waiting;
      const inside = next(patient, 'room-joined');
      const { roomId } = consultation;
      await ask(doctor, 'admit-participant', { roomId, participantId: participant.id });
      await inside;
      const signal = next(patient, 'webrtc-signal');
      await ask(doctor, 'webrtc-signal', { roomId, to: participant.id, candidate: { k } });
      expect((await signal).candidate).toEqual({ k });
      for (const socket of [doctor, patient])
        expect(socket.io.engine.transport.name).toBe('polling');
    }
  });

  function polling(token: string): TestSocket {
    const socket: TestSocket = io(address, {
      auth: { token },
      transports: ['polling'],
      withCredentials: true,
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    return socket;
  }

  function connected(socket: TestSocket): Promise<void> {
    return new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
  }

  function enterRoom(
    socket: TestSocket,
    { roomId }: TestConsultation,
    userId: string,
    role: string,
  ) {
    return ask(socket, 'join-room', { roomId, userId, userName: 'Pessoa', role });
  }
});
