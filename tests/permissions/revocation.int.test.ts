import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTwoFactors } from '../../apps/backend/gateway/src/testing/second-factor.ts';
import {
  type Api,
  aClinic,
  apiOf,
  password,
  supabaseFor,
  type TestClinic,
  type TestPerson,
} from '../../apps/backend/gateway/src/testing/world.ts';
import { ask } from '../../apps/backend/realtime-service/src/testing/client.ts';
import type { TestSocket } from '../../apps/backend/realtime-service/src/testing/test-service.ts';
import { connectPcm } from '../clients/pcm-client.ts';
import { aScene } from './scene.ts';
import { aSystem, type TestSystem } from './system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await aSystem({ realtimeEnv: { RIGHTS_CHECK_MS: '500' } });
});
afterAll(() => system?.stop());

interface SignedIn {
  client: ReturnType<typeof supabaseFor>;
  token: string;
  api: Api;
}

async function signedIn(person: TestPerson): Promise<SignedIn> {
  const client = supabaseFor(system.gateway);
  const { data } = await client.auth.signInWithPassword({ email: person.email, password });
  const token = data.session?.access_token ?? '';
  return { client, token, api: apiOf(system.gateway, token) };
}

/** A doctor in the middle of a consultation: in the room, transcribing, with a native PCM socket. */
async function inMidCall(clinic: TestClinic) {
  const person = clinic.doctor;
  const here = await signedIn(person);
  const scene = await aScene(system, 'own', clinic, person);
  const consultation = await scene.consultation({ ai: true });
  const socket = await system.realtime.connect(here.token);
  const { id: consultationId, roomId } = consultation;
  expect(await ask(socket, 'join-presential', { consultationId })).toMatchObject({ ok: true });
  const started = new Promise<{ sessionId: string }>((resolve) => {
    socket.once('recording-started', resolve);
  });
  expect(await ask(socket, 'start-recording', { consultationId })).toMatchObject({ ok: true });
  const { sessionId } = await started;
  const { url } = system.realtime;
  const pcm = await connectPcm({ url, token: here.token, sessionId, userId: person.sub });
  return { ...here, person, roomId, socket, ended: endOf(socket), pcmEnded: pcm.closed };
}

function endOf(socket: TestSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('disconnect', (reason) => resolve(reason));
  });
}

const everybodyIsOut = ['io server disconnect', 4403];

describe('an open call', () => {
  it.each<[string, (doctor: SignedIn & { person: TestPerson }, clinic: TestClinic) => unknown]>([
    [
      'a new password set elsewhere',
      async ({ person }) => {
        const elsewhere = await signedIn(person);
        await elsewhere.client.auth.updateUser({ password: 'outra frase bem comprida' });
      },
    ],
    ['signing out everywhere', ({ api }) => api('DELETE', '/api/me/sessions')],
    [
      'signOut({ scope: global }) elsewhere',
      async ({ person }) => {
        await (await signedIn(person)).client.auth.signOut({ scope: 'global' });
      },
    ],
    [
      'signing this device out on another',
      async ({ person, token }) => {
        const elsewhere = await signedIn(person);
        await elsewhere.api('DELETE', `/api/me/sessions/${sessionIdOf(token)}`);
        expect((await elsewhere.api('GET', '/api/me')).status).toBe(200);
      },
    ],
    [
      'the administration letting the doctor go',
      async ({ person }, clinic) => {
        const office = await signedIn(clinic.admin);
        const path = `/api/clinic/doctors/${person.medicoId}/deactivate`;
        expect((await office.api('POST', path)).status).toBe(200);
      },
    ],
    [
      'a membership that ends in the database, with no event',
      ({ person }) =>
        system.gateway.database.database.asSystem('arrange a test', (trx) =>
          trx
            .updateTable('members')
            .set({ active: false })
            .where('user_auth', '=', person.sub)
            .execute(),
        ),
    ],
    [
      'sessions_valid_after moved in the database, with no event',
      ({ person }) =>
        system.gateway.database.database.asSystem('arrange a test', (trx) =>
          trx
            .updateTable('members')
            .set({ sessions_valid_after: new Date(system.gateway.clock.now() + 1000) })
            .where('user_auth', '=', person.sub)
            .execute(),
        ),
    ],
    [
      'the second factor that the clinic has asked for since half a day, with no event',
      (_doctor, clinic) =>
        system.gateway.database.database.asSystem('arrange a test', (trx) =>
          trx
            .updateTable('clinicas')
            .set({ second_factor_since: new Date(Date.now() - 13 * 3_600_000) })
            .where('id', '=', clinic.id)
            .execute(),
        ),
    ],
    [
      'an app that the doctor enrols elsewhere',
      async ({ person }) => {
        await withTwoFactors(system.gateway, person);
      },
    ],
  ])('is ended by %s, and REST with it', async (_name, revoke) => {
    const clinic = await aClinic(system.gateway);
    const doctor = await inMidCall(clinic);
    expect((await doctor.api('GET', '/api/me')).status).toBe(200);
    await revoke(doctor, clinic);
    expect(await Promise.all([doctor.ended, doctor.pcmEnded])).toEqual(everybodyIsOut);
    // What the gateway keeps of a membership is 30 s old at most.
    system.gateway.clock.advance(31_000);
    expect([401, 403]).toContain((await doctor.api('GET', '/api/me')).status);
    expect((await doctor.api('GET', `/api/rooms/${doctor.roomId}`)).status).toBeGreaterThan(400);
    await expect(
      system.realtime.connect(doctor.token).then((again) => joined(again, doctor.roomId)),
    ).resolves.toMatchObject({ ok: false });
  });

  it('goes on where the password was changed, and through a colleague being let go', async () => {
    const clinic = await aClinic(system.gateway);
    const doctor = await inMidCall(clinic);
    let out = false;
    void doctor.ended.then(() => {
      out = true;
    });
    const { error } = await doctor.client.auth.updateUser({ password: 'outra frase bem comprida' });
    expect(error).toBeNull();
    const office = await signedIn(clinic.admin);
    await office.api('POST', `/api/clinic/doctors/${clinic.otherDoctor.medicoId}/deactivate`);
    // The node has looked at everybody again when another call, revoked now, has ended.
    const other = await inMidCall(await aClinic(system.gateway));
    await other.api('DELETE', '/api/me/sessions');
    await other.ended;
    expect(out).toBe(false);
    expect((await doctor.api('GET', '/api/me')).status).toBe(200);
  });
});

describe('devices', () => {
  it('are listed with the one that asks, and one is signed out without the others', async () => {
    const { doctor, otherDoctor } = await aClinic(system.gateway);
    const here = await signedIn(doctor);
    const there = await signedIn(doctor);
    const stranger = await signedIn(otherDoctor);
    const listed = await here.api('GET', '/api/me/sessions');
    expect(listed.body.items).toHaveLength(2);
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: sessionIdOf(here.token), current: true }),
    );
    const path = `/api/me/sessions/${sessionIdOf(there.token)}`;
    expect((await stranger.api('DELETE', path)).status).toBe(404);
    expect((await here.api('DELETE', path)).status).toBe(204);
    expect((await there.api('GET', '/api/me')).status).toBe(401);
    expect((await there.client.auth.refreshSession()).error).not.toBeNull();
    expect((await here.api('GET', '/api/me')).status).toBe(200);
    expect((await here.api('GET', '/api/me/sessions')).body.items).toHaveLength(1);
  });
});

function sessionIdOf(token: string): string {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return payload.session_id;
}

async function joined(socket: TestSocket, roomId: string): Promise<unknown> {
  const consultation = await system.gateway.database.database.asSystem('assert', (trx) =>
    trx
      .selectFrom('consultations')
      .select('id')
      .where('room_id', '=', roomId)
      .executeTakeFirstOrThrow(),
  );
  return ask(socket, 'join-presential', { consultationId: consultation.id });
}
