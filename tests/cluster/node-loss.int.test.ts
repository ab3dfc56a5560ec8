import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFolderStore } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeptAudio } from '../../apps/backend/realtime-service/src/recordings/kept-audio.ts';
import { waitUntil } from '../../scripts/lib/system/wait-until.ts';
import { stubEngine } from '../../scripts/verify/faults/fault.ts';
import {
  endConsultation,
  type LiveConsultation,
  openConsultation,
  voicesOf,
} from '../../scripts/verify/lib/consultation.ts';
import {
  type IdentityServer,
  startIdentityServer,
} from '../../scripts/verify/lib/identity-server.ts';
import { chunksLost, seenTwice, transcriptLines } from '../../scripts/verify/lib/judge.ts';
import { ServiceProcess } from '../../scripts/verify/lib/service-process.ts';
import { type DialogueSound, stretches } from '../../scripts/verify/lib/sound.ts';
import { freePort } from '../support/free-port.ts';
import { hasRedis, startTestRedis, type TestRedis } from '../support/redis.ts';
import { aBrowserVoice } from './browser-voice.ts';
import { type Front, startFront } from './front.ts';

// Two nodes in processes of their own, a real Redis, a folder that both mount, and a door in front of each
// person that leads to the other node when the first does not answer.
describe.skipIf(!hasRedis())('when a node is killed in mid-consultation', () => {
  const speed = 3;
  let db: TestDatabase;
  let world: World;
  let tokens: TestTokens;
  let identity: IdentityServer;
  let redis: TestRedis;
  let folder: string;
  let objects: KeptAudio;
  let sound: DialogueSound;
  let a: ServiceProcess;
  let b: ServiceProcess;
  let doctorsDoor: Front;
  let patientsDoor: Front;
  let undisturbed: string[];

  beforeAll(async () => {
    db = await createTestDatabase();
    world = await createWorld(db.ownerUrl);
    tokens = await createTestTokens();
    identity = await startIdentityServer(tokens);
    redis = await startTestRedis();
    folder = await mkdtemp(path.join(tmpdir(), 'medcall-cluster-'));
    const objectsDir = path.join(folder, 'objects');
    objects = new KeptAudio({ root: '', store: createFolderStore(objectsDir) });
    [sound] = (await stretches(1, 24)) as [DialogueSound];
    const ports = [await freePort(), await freePort()] as const;
    const node = (name: string, port: number) =>
      new ServiceProcess({
        port,
        dataDir: path.join(folder, name),
        databaseUrl: db.appUrl,
        env: {
          ...identity.environment,
          ...stubEngine,
          REDIS_URL: redis.url,
          OBJECT_STORE_DIR: objectsDir,
        },
      });
    a = node('a', ports[0]);
    b = node('b', ports[1]);
    await Promise.all([a.start(), b.start()]);
    doctorsDoor = await startFront([ports[0], ports[1]]);
    patientsDoor = await startFront([ports[1], ports[0]]);
    undisturbed = (await consult(async () => undefined)).lines;
    expect(undisturbed.length).toBeGreaterThan(3);
  }, 180_000);

  afterAll(async () => {
    doctorsDoor?.close();
    patientsDoor?.close();
    await a?.kill();
    await b?.kill();
    await redis?.stop();
    identity?.close();
    await world?.close();
    await db?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The doctor speaks through the reference client, the patient through the browser's own queue. */
  async function consult(during: (live: LiveConsultation) => Promise<void>) {
    const doors = { doctor: doctorsDoor.url, patient: patientsDoor.url };
    const live = await openConsultation({ world, tokens }, doors);
    try {
      const [doctor] = voicesOf(live, sound, { speed, promise: 'durable' });
      if (!doctor) throw new Error('nobody speaks');
      const patient = aBrowserVoice({
        connection: live.patient,
        roomId: live.consultation.roomId,
        captureId: 'patient',
        pcm: sound.patient,
        speed,
      });
      await Promise.all([doctor.sender.run(Date.now()), patient.speak(), during(live)]);
      expect(await doctor.sender.settle(60_000)).toBe(true);
      await waitUntil('the browser’s queue is empty', () => patient.queue.pending === 0, {
        timeoutMs: 60_000,
      });
      await endConsultation({ world, tokens }, live);
      const { id } = live.consultation;
      return {
        lines: await transcriptLines(world, id),
        lost: await chunksLost(objects, id, [doctor, patient]),
        brokenPromises: doctor.brokenPromises,
        twice: seenTwice(live),
        drops: doctor.drops,
      };
    } finally {
      live.close();
    }
  }

  it.each([
    ['the doctor’s', () => a],
    ['the patient’s', () => b],
  ])(
    '%s: the clients carry on at the other one, nothing acknowledged as durable is lost, nothing comes twice',
    async (_whose, node) => {
      const outcome = await consult(async (live) => {
        // Something was said and stored, and both are in the middle of more.
        const told = () => Math.min(live.seen.doctor.length, live.seen.patient.length) > 0;
        await waitUntil('both have read something', told, { timeoutMs: 60_000, everyMs: 20 });
        await node().kill();
      });
      expect(outcome).toMatchObject({ lost: 0, brokenPromises: 0, twice: 0 });
      expect(outcome.lines).toEqual(undisturbed);
      await node().start();
    },
    240_000,
  );
});
