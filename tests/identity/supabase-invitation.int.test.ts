import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clinicDoctor } from '@medcall/shared-types';
import { createClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Api,
  aGateway,
  apiOf,
  type TestGateway,
} from '../../apps/backend/gateway/src/testing/world.ts';
import { signInWithPassword } from '../../apps/frontend/src/lib/auth/identity.ts';
import { readMailedLink } from '../../apps/frontend/src/lib/auth/mailed-link.ts';
import {
  openByLink,
  type RecoveryStore,
} from '../../apps/frontend/src/lib/auth/recover-by-link.ts';
import {
  type FakeSupabaseAuth,
  startFakeSupabaseAuth,
} from '../fakes/supabase-auth/fake-supabase-auth.ts';

// A clinic whose identity is a Supabase project: from the invitation by its administrator to the doctor's
// own log-in, through the code that gateway and frontend have for it.

const password = 'frase comprida do projeto';
// Nobody here has a second factor.
const none: RecoveryStore = {
  keep: () => Promise.reject(new Error('nothing waits for a code')),
  read: async () => null,
  forget: async () => {},
};
let dataDir: string;
let project: FakeSupabaseAuth;
let gateway: TestGateway;
let owner: pg.Client;
let admin: Api;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medcall-supabase-'));
  const mirror = (user: { id: string; email: string }) =>
    owner.query('insert into auth.users (id, email) values ($1, $2) on conflict do nothing', [
      user.id,
      user.email,
    ]);
  project = await startFakeSupabaseAuth(dataDir, {
    onInvited: async (user) => {
      await mirror(user);
    },
  });
  gateway = await aGateway({
    AUTH_PROVIDER: 'supabase',
    SUPABASE_URL: project.url,
    SUPABASE_SERVICE_ROLE_KEY: project.serviceRoleKey,
  });
  owner = new pg.Client({ connectionString: gateway.database.ownerUrl });
  await owner.connect();
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', project.url);
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_ANON_KEY', project.anonKey);
  vi.stubEnv('NEXTAUTH_SECRET', 'secret-of-this-test-0123456789');

  const email = 'recepcao@projeto.test';
  const accounts = createClient(project.url, project.serviceRoleKey, {
    auth: { persistSession: false },
  }).auth.admin;
  const { data } = await accounts.createUser({ email, password, email_confirm: true });
  const id = data.user?.id ?? '';
  await mirror({ id, email });
  await gateway.database.database.asSystem('arrange a test', async (trx) => {
    const clinic = await trx
      .insertInto('clinicas')
      .values({ nome: 'Clínica do Projeto' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('members')
      .values({ user_auth: id, clinica_id: clinic.id, role: 'admin', name: 'Recepção' })
      .execute();
  });
  admin = apiOf(gateway, await tokenOf(email));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await owner?.end();
  await gateway?.stop();
  await project?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function tokenOf(email: string, secret = password): Promise<string> {
  const answer = await signInWithPassword(email, secret);
  if (answer.kind !== 'ok') throw new Error(answer.kind);
  return answer.person.tokens.accessToken;
}

/** What a browser ends at that follows a link. */
async function follow(link: URL): Promise<URL> {
  const answer = await fetch(link, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '');
}

const invite = (email: string, crm: string) =>
  admin('POST', '/api/clinic/doctors', { nome: 'Dra. Convidada', crm, email });

describe('a doctor who is invited where a Supabase project is the identity', () => {
  it('sets a password by the link in the project’s mail, signs in and belongs to the clinic', async () => {
    const email = 'convidada@projeto.test';
    const invited = await invite(email, '112233/SP');
    expect(invited.status, invited.text).toBe(201);
    clinicDoctor.parse(invited.body);
    expect(project.requests).toContain('POST /auth/v1/invite');
    expect(await signInWithPassword(email, password)).toEqual({ kind: 'wrong' });

    const link = await project.mailedLink(email);
    const page = await follow(link);
    // Our own page, which the frontend asked for.
    expect(page.href.split('#')[0]).toBe('http://frontend.test/recuperar-senha');
    const opened = readMailedLink(page);
    expect(opened).toMatchObject({ form: 'session', kind: 'invite' });
    if (opened === null || opened === 'expired') throw new Error('the link opens nothing');
    expect(await openByLink(opened, 'curta', none)).toBe('weak');
    // Asked once more, as a person would: the link's session is spent by now, its mail has to come again.
    expect(readMailedLink(await follow(link))).toBe('expired');
  });

  it('is asked for again after a first password that was too weak, and gets in', async () => {
    const email = 'outra@projeto.test';
    expect((await invite(email, '445566/SP')).status).toBe(201);
    const opened = readMailedLink(await follow(await project.mailedLink(email)));
    if (opened === null || opened === 'expired') throw new Error('the link opens nothing');
    expect(await openByLink(opened, 'girassol de papel azul', none)).toBe('ok');
    const doctor = apiOf(gateway, await tokenOf(email, 'girassol de papel azul'));
    const me = await doctor('GET', '/api/me');
    expect([me.status, me.body.user.role, me.body.user.name]).toEqual([
      200,
      'medico',
      'Dra. Convidada',
    ]);
    expect((await doctor('GET', '/api/patients')).status).toBe(200);
    expect((await doctor('POST', '/api/clinic/doctors', {})).status).toBe(403);
  });

  it('is told apart from who has an account already, and from a project that is away', async () => {
    expect((await invite('convidada2@projeto.test', '112233/SP')).body.error.code).toBe('conflict');
    const taken = await invite('recepcao@projeto.test', '778899/SP');
    expect([taken.status, taken.body.error.details?.[0]?.path]).toEqual([409, 'email']);
    project.failWith(503);
    const away = await invite('depois@projeto.test', '778899/SP');
    expect([away.status, away.body.error.code]).toEqual([503, 'unavailable']);
    project.failWith(null);
    // Nothing of it stands in the way of the next try.
    expect((await invite('depois@projeto.test', '778899/SP')).status).toBe(201);
  });
});
