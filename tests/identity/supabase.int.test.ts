import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { supabaseAccounts } from '../../apps/backend/gateway/src/identity/accounts.ts';
import {
  codeOf,
  mfaClient,
  tokenOf,
} from '../../apps/backend/gateway/src/testing/second-factor.ts';
import { aGateway, apiOf, type TestGateway } from '../../apps/backend/gateway/src/testing/world.ts';
import { refreshTokens, signInWithPassword } from '../../apps/frontend/src/lib/auth/identity.ts';
import { askForLink } from '../../apps/frontend/src/lib/auth/recover.ts';
import {
  type FakeSupabaseAuth,
  startFakeSupabaseAuth,
} from '../fakes/supabase-auth/fake-supabase-auth.ts';

const password = 'frase comprida do projeto';
const email = 'medica@projeto.test';
let dataDir: string;
let project: FakeSupabaseAuth;
let gateway: TestGateway;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'medcall-supabase-'));
  project = await startFakeSupabaseAuth(dataDir);
  gateway = await aGateway({ AUTH_PROVIDER: 'supabase', SUPABASE_URL: project.url });
  // The frontend as it is configured for the project.
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_URL', project.url);
  vi.stubEnv('NEXT_PUBLIC_SUPABASE_ANON_KEY', project.anonKey);
  vi.stubEnv('NEXTAUTH_SECRET', 'secret-of-this-test-0123456789');
  await aDoctorOfTheProject();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await gateway?.stop();
  await project?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const asAdmin = () =>
  createClient(project.url, project.serviceRoleKey, { auth: { persistSession: false } }).auth.admin;

/** An account at the project, and the membership that our database has of it. */
async function aDoctorOfTheProject(): Promise<void> {
  const { data } = await asAdmin().createUser({ email, password, email_confirm: true });
  const id = data.user?.id ?? '';
  // The project's own schema: in production Auth writes it, here its owner does.
  const owner = new pg.Client({ connectionString: gateway.database.ownerUrl });
  await owner.connect();
  await owner.query('insert into auth.users (id, email) values ($1, $2)', [id, email]);
  await owner.end();
  await gateway.database.database.asSystem('arrange a test', async (trx) => {
    const clinic = await trx
      .insertInto('clinicas')
      .values({ nome: 'Clínica do Projeto' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const doctor = await trx
      .insertInto('medicos')
      .values({ nome: 'Dra. Projeto', crm: '654321/SP', clinica_id: clinic.id, user_auth: id })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('members')
      .values({
        user_auth: id,
        clinica_id: clinic.id,
        role: 'medico',
        medico_id: doctor.id,
        name: 'Dra. Projeto',
      })
      .execute();
  });
}

async function signedIn() {
  const answer = await signInWithPassword(email, password);
  if (answer.kind !== 'ok') throw new Error(answer.kind);
  return answer.person;
}

const me = async (token: string) => (await apiOf(gateway, token)('GET', '/api/me')).status;

describe('a Supabase project as the identity', () => {
  it("signs people in through the frontend's own code, and the gateway takes its tokens", async () => {
    const person = await signedIn();
    expect(person).toMatchObject({ email });
    const api = apiOf(gateway, person.tokens.accessToken);
    expect((await api('GET', '/api/me')).body).toMatchObject({
      user: { role: 'medico', name: 'Dra. Projeto' },
    });
    expect((await apiOf(gateway)('GET', '/auth/v1/health')).status).toBe(404);
    expect(await signInWithPassword(email, 'errada')).toEqual({ kind: 'wrong' });
  });

  it('keeps the session through twenty parallel refreshes, and ends it for a stolen, long-spent token', async () => {
    const { tokens } = await signedIn();
    const spend = () => refreshTokens(tokens.refreshToken);
    const answers = await Promise.all(Array.from({ length: 20 }, spend));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['ok']));
    const successors = answers.map((one) => (one.kind === 'ok' ? one.tokens.refreshToken : ''));
    expect(new Set(successors).size).toBe(1);
    project.advance(11_000);
    expect((await spend()).kind).toBe('refused');
    expect((await refreshTokens(successors[0] ?? '')).kind).toBe('refused');
  });

  it('goes on through a rotation of its keys: new tokens count, and so do the old ones until they end', async () => {
    const before = await signedIn();
    expect(await me(before.tokens.accessToken)).toBe(200);
    await project.rotateKey();
    const after = await signedIn();
    const kid = (token: string) =>
      JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
    expect(kid(after.tokens.accessToken)).not.toBe(kid(before.tokens.accessToken));
    // The gateway asks for keys once in five seconds at most, so that forged key ids cost nothing.
    await vi.waitFor(async () => expect(await me(after.tokens.accessToken)).toBe(200), {
      timeout: 15_000,
      interval: 300,
    });
    expect(await me(before.tokens.accessToken)).toBe(200);
  });

  it('tells a project that is down from a wrong password or an ended session', async () => {
    const { tokens } = await signedIn();
    project.failWith(503);
    expect((await signInWithPassword(email, password)).kind).toBe('unreachable');
    expect((await refreshTokens(tokens.refreshToken)).kind).toBe('unreachable');
    // Its keys are at hand, so nobody is thrown out.
    expect(await me(tokens.accessToken)).toBe(200);
    project.failWith(null);
    expect((await refreshTokens(tokens.refreshToken)).kind).toBe('ok');
  });

  it('does not let its limit for mails tell who has an account', async () => {
    expect(await askForLink(email)).toBe('ok');
    expect(await askForLink(email)).toBe('ok');
    expect(await askForLink('ninguem@projeto.test')).toBe('ok');
    expect(project.requests.filter((one) => one === 'POST /auth/v1/recover')).toHaveLength(3);
  });

  it("has its second factor asked for by the clinic, read from the project's own token", async () => {
    const rule = (since: Date | null) =>
      gateway.database.database.asSystem('arrange a test', (trx) =>
        trx.updateTable('clinicas').set({ second_factor_since: since }).execute(),
      );
    await rule(new Date(Date.now() - 3_600_000));
    try {
      const person = await signedIn();
      const client = mfaClient({ url: project.url }, project.anonKey);
      const { accessToken: access_token, refreshToken: refresh_token } = person.tokens;
      await client.auth.setSession({ access_token, refresh_token });
      const refused = await apiOf(gateway, access_token)('GET', '/api/me');
      expect(refused.body.error.code).toBe('second_factor_required');

      const { data } = await client.auth.mfa.enroll({
        factorType: 'totp',
        friendlyName: 'Celular',
      });
      const factorId = data?.id ?? '';
      const code = codeOf(data?.totp.secret ?? '', project.now());
      expect((await client.auth.mfa.challengeAndVerify({ factorId, code })).error).toBeNull();
      expect(await me(await tokenOf(client))).toBe(200);
      // The frontend's own code knows from the answer that a code is missing.
      expect((await signedIn()).tokens.secondStep).toBe(true);

      // A lost device, reset through the project's administration.
      const accounts = supabaseAccounts({
        url: project.url,
        serviceRoleKey: project.serviceRoleKey,
        frontendUrl: 'http://frontend.test',
      });
      await accounts.resetSecondFactor(person.id);
      expect((await signedIn()).tokens.secondStep).toBeUndefined();
    } finally {
      await rule(null);
    }
  });

  it('is signed out everywhere by the clinic, whatever the project still believes', async () => {
    const { tokens } = await signedIn();
    const api = apiOf(gateway, tokens.accessToken);
    await gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .updateTable('members')
        .set({ sessions_valid_after: new Date(Date.now() + 600_000) })
        .execute(),
    );
    gateway.clock.advance(31_000);
    expect((await api('GET', '/api/me')).status).toBe(401);
    expect((await api('GET', '/api/consultations')).status).toBe(401);
  });
});
