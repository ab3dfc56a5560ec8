import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore, type MemberCaller } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createTestTokens, type TestTokens } from '@medcall/service-kit/testing/tokens';
import {
  createWorld,
  type TestConsultation,
  type TestDoctor,
  type World,
} from '@medcall/service-kit/testing/world';
import { recording, recordingUrl, waveform } from '@medcall/shared-types';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aKeptConsultation } from '../recordings/testing/kept-consultation.ts';
import { aNode, clock, serve, type TestNode } from '../recordings/testing/test-recordings.ts';
import { tones } from '../recordings/testing/tones.ts';

const owner = 'this-node';
/** The tests look at what they expect; the contracts parse the rest. */
const anyBody = z.looseObject({ items: z.array(recording.strict()).optional() });
let db: TestDatabase;
let world: World;
let tokens: TestTokens;
let dataDir: string;
let node: TestNode;
let server: { url: string; stop(): Promise<void> };
let consultation: TestConsultation;
/** The mixed recording of `consultation`. */
let id: string;
let file: Buffer;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  tokens = await createTestTokens();
  dataDir = await mkdtemp(join(tmpdir(), 'medcall-recordings-'));
  node = aNode({ database: db.database, dataDir, owner });
  await node.log.start();
  await node.recorder.start();
  server = await serve(node, { database: db.database, tokens });
});
afterAll(async () => {
  await server.stop();
  await node.recorder.stop();
  await node.log.stop();
  await rm(dataDir, { recursive: true, force: true });
  await world.close();
  await db.drop();
});
beforeEach(async () => {
  consultation = await aKept();
  node.recorder.wake();
  await node.recorder.idle();
  const [row] = await world.query<{ id: string; storage_key: string }>(
    "select id, storage_key from recordings where room_id = $1 and kind = 'mixed'",
    [consultation.roomId],
  );
  if (!row) throw new Error('nothing was recorded');
  id = row.id;
  const bytes = await createFolderStore(join(dataDir, 'objects')).get(row.storage_key);
  if (!bytes) throw new Error('there is no file');
  file = bytes;
});
afterEach(() => {
  clock.aheadMs = 0;
});

const aKept = (consent = true) =>
  aKeptConsultation(world, node.log, {
    owner,
    consent,
    streams: [
      { role: 'doctor', pcm: tones(3000, [[1000, 1500]]) },
      { role: 'patient', pcm: tones(2000, [[500, 900]]) },
    ],
  });

async function call(
  doctor: TestDoctor,
  method: string,
  path: string,
  body?: object,
  factors?: Record<string, unknown>,
) {
  const answer = await fetch(`${server.url}/api/recordings${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokens.forDoctor(doctor, '15m', factors)}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: anyBody.parse(await answer.json()) };
}

async function address(doctor = consultation.doctor): Promise<string> {
  const { body, status } = await call(doctor, 'POST', `/${id}/url`);
  expect(status).toBe(200);
  return recordingUrl.parse(body).url;
}

async function play(url: string, range?: string, method = 'GET') {
  const answer = await fetch(url, { method, headers: range ? { range } : {} });
  return {
    status: answer.status,
    header: (name: string) => answer.headers.get(name),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

describe('the list', () => {
  it('shows the doctor what there is, without where it lies', async () => {
    const { body, status } = await call(
      consultation.doctor,
      'GET',
      `?room_id=${consultation.roomId}`,
    );
    expect(status).toBe(200);
    expect(body.items).toHaveLength(3);
    expect(body.items).toMatchObject(Array(3).fill({ status: 'ready' }));
    expect(body.items?.map((item) => item.speaker)).toEqual([null, 'MEDICO', 'PACIENTE']);
    expect(JSON.stringify(body)).not.toContain('.ogg');
  });

  it('shows nothing to another clinic, and is closed to the patient and to nobody in particular', async () => {
    const { body } = await call(await world.aDoctor(), 'GET', `?room_id=${consultation.roomId}`);
    expect(body.items).toEqual([]);
    const open = await world.aConsultation();
    const invitation = await world.anInvitation(open);
    const token = await tokens.forInvited(open, invitation);
    const asPatient = await fetch(`${server.url}/api/recordings?room_id=${open.roomId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(asPatient.status).toBe(403);
    expect((await fetch(`${server.url}/api/recordings`)).status).toBe(401);
  });
});

describe('asking for recordings', () => {
  it('is for the doctor of the consultation', async () => {
    const room_id = consultation.roomId;
    expect(await call(consultation.doctor, 'POST', '', { room_id })).toMatchObject({
      status: 202,
      body: { items: [{}, {}, {}] },
    });
    expect((await call(await world.aDoctor(), 'POST', '', { room_id })).status).toBe(404);
    expect((await call(consultation.doctor, 'POST', '', { room_id: 'x' })).status).toBe(400);
  });

  it('needs the consent, an ended capture and kept sound', async () => {
    const refused = await aKept(false);
    expect(await call(refused.doctor, 'POST', '', { room_id: refused.roomId })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden', message: /não autorizou/ } },
    });
    const silent = await world.aConsultation();
    await world.aConsent(silent, 'recording');
    expect((await call(silent.doctor, 'POST', '', { room_id: silent.roomId })).status).toBe(409);
    await world.query(
      "insert into sessions (consultation_id, room_id, kind) values ($1, $2, 'ONLINE')",
      [consultation.id, consultation.roomId],
    );
    const busy = await call(consultation.doctor, 'POST', '', { room_id: consultation.roomId });
    expect(busy).toMatchObject({ status: 409, body: { error: { message: /ligada/ } } });
  });
});

describe('playing', () => {
  it('gives the whole file', async () => {
    const answer = await play(await address());
    expect(answer.status).toBe(200);
    expect(answer.body.equals(file)).toBe(true);
    expect(answer.header('content-type')).toBe('audio/ogg; codecs=opus');
    expect(answer.header('accept-ranges')).toBe('bytes');
    expect(answer.header('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, null],
    ['bytes=-50', -50, null],
    ['bytes=10-99999999', 10, null],
  ])('gives the part that %s asks for', async (range, from, to) => {
    const answer = await play(await address(), range);
    const part = file.subarray(from, to === null ? undefined : to + 1);
    const start = from < 0 ? file.length + from : from;
    expect(answer.status).toBe(206);
    expect(answer.body.equals(part)).toBe(true);
    expect(answer.header('content-range')).toBe(
      `bytes ${start}-${start + part.length - 1}/${file.length}`,
    );
    expect(answer.header('content-length')).toBe(String(part.length));
  });

  it('says how long the file is when a range lies behind it', async () => {
    const answer = await play(await address(), 'bytes=99999999-');
    expect(answer.status).toBe(416);
    expect(answer.header('content-range')).toBe(`bytes */${file.length}`);
  });

  it.each(['bytes=0-1,4-5', 'lines=1-2', 'nonsense'])(
    'answers "%s" with the whole',
    async (range) => {
      const answer = await play(await address(), range);
      expect([answer.status, answer.body.length]).toEqual([200, file.length]);
    },
  );

  it('gives a part only of the file that the player knows', async () => {
    const url = await address();
    const etag = (await play(url)).header('etag') ?? '';
    const conditional = async (known: string) =>
      (await fetch(url, { headers: { range: 'bytes=0-9', 'if-range': known } })).status;
    expect(await conditional(etag)).toBe(206);
    expect(await conditional('"another"')).toBe(200);
  });

  it('answers HEAD without the sound', async () => {
    const answer = await play(await address(), undefined, 'HEAD');
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(answer.header('content-length')).toBe(String(file.length));
  });

  it('says that the store is away, in words and not as sound', async () => {
    const url = await address();
    await rm(join(dataDir, 'objects'), { recursive: true });
    const answer = await play(url, 'bytes=0-9');
    expect(answer.status).toBe(503);
    expect(answer.header('content-type')).toContain('application/json');
    expect(answer.header('cache-control')).toBe('private, no-store');
  });

  it('is on the record of the patient', async () => {
    await address();
    const rows = await world.query(
      `select user_id, actor_kind, patient_id from audit_logs
       where action = 'recording.opened' and record_id = $1`,
      [id],
    );
    expect(rows).toEqual([
      {
        user_id: consultation.doctor.sub,
        actor_kind: 'medico',
        patient_id: consultation.patientId,
      },
    ]);
  });

  it('has a waveform', async () => {
    const { body } = await call(consultation.doctor, 'GET', `/${id}/peaks`);
    expect(waveform.parse(body)).toMatchObject({ durationMs: 3000 });
    expect((await call(await world.aDoctor(), 'GET', `/${id}/peaks`)).status).toBe(404);
  });
});

describe('a signed address', () => {
  it('is not given for what one may not see', async () => {
    expect((await call(await world.aDoctor(), 'POST', `/${id}/url`)).status).toBe(404);
    expect((await call(consultation.doctor, 'POST', '/not-an-id/url')).status).toBe(404);
  });

  it('closes when it is changed, taken to another recording or too old', async () => {
    const url = await address();
    const changed = new URL(url);
    changed.searchParams.set('exp', String(Number(changed.searchParams.get('exp')) + 60));
    expect((await play(changed.href)).status).toBe(403);
    const [another] = await world.query<{ id: string }>(
      "select id from recordings where room_id = $1 and speaker = 'PACIENTE'",
      [consultation.roomId],
    );
    expect((await play(url.replace(id, another?.id ?? ''))).status).toBe(403);
    expect((await play(url.split('?')[0] ?? '')).status).toBe(403);
    clock.aheadMs = 599_000;
    expect((await play(url)).status).toBe(200);
    clock.aheadMs = 601_000;
    expect((await play(url)).status).toBe(403);
  });

  it('signed with the key of another installation opens nothing', async () => {
    const caller: MemberCaller = {
      kind: 'member',
      sub: consultation.doctor.sub,
      iat: Math.floor(Date.now() / 1000),
      sessionId: null,
      claims: {},
    };
    const base = `${server.url}/api/recordings/${id}/audio`;
    const options = { database: db.database, dataDir, owner };
    const own = aNode(options).addresses.sign(id, caller);
    expect((await play(`${base}?${own.query}`)).status).toBe(200);
    const foreign = aNode({ ...options, secret: 'another secret of the same length or so' });
    expect((await play(`${base}?${foreign.addresses.sign(id, caller).query}`)).status).toBe(403);
  });

  it('shows nothing once its bearer has left the clinic or was signed out', async () => {
    const url = await address();
    await world.query(
      'update members set sessions_valid_after = now() + interval $$1 s$$ where user_auth = $1',
      [consultation.doctor.sub],
    );
    expect((await play(url)).status).toBe(404);
    await world.query(
      "update members set sessions_valid_after = '2020-01-01' where user_auth = $1",
      [consultation.doctor.sub],
    );
    expect((await play(url)).status).toBe(200);
    await world.query('update members set active = false where user_auth = $1', [
      consultation.doctor.sub,
    ]);
    expect((await play(url, 'bytes=0-9')).status).toBe(404);
  });

  it('is played in a clinic that asks for a second factor by who has shown one', async () => {
    const { doctor } = consultation;
    const since = (interval: string) =>
      world.query(
        `update clinicas set second_factor_since = now() - $2::interval
         where id = (select clinica_id from members where user_auth = $1)`,
        [doctor.sub, interval],
      );
    await since('13 hours');
    const second = Math.floor(Date.now() / 1000);
    const raised = { aal: 'aal2', amr: [{ method: 'totp', timestamp: second }] };
    const signed = await call(doctor, 'POST', `/${id}/url`, undefined, raised);
    expect(signed.status).toBe(200);
    expect((await play(recordingUrl.parse(signed.body).url)).status).toBe(200);

    // Open since before the clinic began to ask: it goes on for half a day.
    await since('1 hour');
    const before = { aal: 'aal1', amr: [{ method: 'password', timestamp: second - 7_200 }] };
    const early = await call(doctor, 'POST', `/${id}/url`, undefined, before);
    const { url } = recordingUrl.parse(early.body);
    expect((await play(url)).status).toBe(200);
    await since('13 hours');
    expect((await play(url)).status).toBe(404);
  });

  it('closes at the next range when the patient takes the consent back, also before the file is gone', async () => {
    const url = await address();
    expect((await play(url, 'bytes=0-9')).status).toBe(206);
    await world.aConsent(consultation, 'recording', false);
    expect((await play(url, 'bytes=10-19')).status).toBe(403);
    expect((await call(consultation.doctor, 'POST', `/${id}/url`)).status).toBe(403);
    expect((await call(consultation.doctor, 'GET', `/${id}/peaks`)).status).toBe(403);
    await node.recorder.consentChanged(consultation.id, false);
    expect((await play(url)).status).toBe(403);
    await world.aConsent(consultation, 'recording', true);
    expect((await play(url)).status).toBe(404);
  });
});
