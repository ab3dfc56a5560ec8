import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import {
  aClinic,
  aGateway,
  apiOf,
  password,
  supabaseFor,
  type TestGateway,
} from '../testing/world.ts';

const serviceRoleKey = 'service-role-key-of-this-test-0123456789';
const chosen = 'outra frase bem comprida';
let gateway: TestGateway;
let resend: FakeResend;

beforeAll(async () => {
  resend = await startFakeResend();
  gateway = await aGateway({
    SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey,
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'MedCall <nao-responda@medcall.test>',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await resend?.close();
});

const client = () => supabaseFor(gateway);
const admin = () => supabaseFor(gateway, serviceRoleKey).auth.admin;

/** Lets the mail job run and reads the link of the newest mail to an address. */
async function linkTo(email: string) {
  await drainJobs(gateway, { only: ['identity.email'] });
  const mail = resend.sent.findLast(({ to }) => to.includes(email));
  const found = /http:\/\/frontend\.test[^\s"<]*/.exec(mail?.text ?? '')?.[0];
  if (found === undefined) return undefined;
  const url = new URL(found);
  const values = new URLSearchParams(url.hash.slice(1));
  return {
    path: url.pathname,
    type: values.get('type') as 'recovery' | 'invite' | 'signup' | 'email_change',
    token_hash: values.get('token_hash') ?? '',
  };
}

async function mustLinkTo(email: string) {
  const link = await linkTo(email);
  if (!link) throw new Error(`no mail to ${email}`);
  return link;
}

const mailsTo = (email: string) => resend.sent.filter(({ to }) => to.includes(email)).length;

async function signInError(email: string, secret: string) {
  return (await client().auth.signInWithPassword({ email, password: secret })).error?.code;
}

describe('a forgotten password', () => {
  it('is replaced through the link of a mail, once, and ends every other session', async () => {
    const { doctor } = await aClinic(gateway);
    const thief = await client().auth.signInWithPassword({ email: doctor.email, password });
    const asked = await client().auth.resetPasswordForEmail(doctor.email.toUpperCase(), {
      redirectTo: 'http://frontend.test/recuperar-senha',
    });
    expect(asked.error).toBeNull();
    const { path, ...link } = await mustLinkTo(doctor.email);
    expect([path, link.type]).toEqual(['/recuperar-senha', 'recovery']);

    const here = client();
    expect((await here.auth.verifyOtp(link)).data.user?.email).toBe(doctor.email);
    expect((await here.auth.updateUser({ password: chosen })).error).toBeNull();
    expect(await signInError(doctor.email, password)).toBe('invalid_credentials');
    expect(await signInError(doctor.email, chosen)).toBeUndefined();
    const api = apiOf(gateway, thief.data.session?.access_token);
    expect((await api('GET', '/api/me')).status).toBe(401);
    expect((await client().auth.verifyOtp(link)).error?.code).toBe('otp_expired');
  });

  it('says the same, in the same time, of an address that nobody has', async () => {
    const { doctor } = await aClinic(gateway);
    const ask = async (email: string) => {
      const startedAt = performance.now();
      const response = await fetch(`${gateway.url}/auth/v1/recover`, {
        method: 'POST',
        body: JSON.stringify({ email }),
      });
      const body = await response.text();
      return { answer: [response.status, body], atLeast: performance.now() - startedAt >= 240 };
    };
    const known = await ask(doctor.email);
    const unknown = await ask('ninguem@clinica.test');
    expect(unknown).toEqual(known);
    expect(known).toEqual({ answer: [200, '{}'], atLeast: true });
    await drainJobs(gateway);
    expect(mailsTo('ninguem@clinica.test')).toBe(0);
  });

  it('is mailed once a minute, however often it is asked for at once', async () => {
    const { doctor } = await aClinic(gateway);
    const ask = () => client().auth.resetPasswordForEmail(doctor.email);
    const answers = await Promise.all(Array.from({ length: 6 }, ask));
    expect(answers.map(({ error }) => error)).toEqual(Array(6).fill(null));
    await drainJobs(gateway);
    expect(mailsTo(doctor.email)).toBe(1);
    gateway.clock.advance(61_000);
    await ask();
    await drainJobs(gateway);
    expect(mailsTo(doctor.email)).toBe(2);
  });

  it('leads to our own pages only', async () => {
    const { doctor } = await aClinic(gateway);
    await client().auth.resetPasswordForEmail(doctor.email, {
      redirectTo: 'https://mal.example/x',
    });
    expect((await mustLinkTo(doctor.email)).path).toBe('/recuperar-senha');
  });

  it('has a link that ends after an hour', async () => {
    const { doctor } = await aClinic(gateway);
    await client().auth.resetPasswordForEmail(doctor.email);
    const { path: _path, ...link } = await mustLinkTo(doctor.email);
    gateway.clock.advance(3_600_001);
    expect((await client().auth.verifyOtp(link)).error?.code).toBe('otp_expired');
  });
});

describe('an address', () => {
  it('is confirmed by the link that is mailed again when asked for', async () => {
    const email = 'nova@clinica.test';
    await admin().createUser({ email, password: chosen });
    expect(await signInError(email, chosen)).toBe('email_not_confirmed');
    expect((await client().auth.resend({ type: 'signup', email })).error).toBeNull();
    const { path: _path, ...link } = await mustLinkTo(email);
    expect((await client().auth.verifyOtp(link)).error).toBeNull();
    expect(await signInError(email, chosen)).toBeUndefined();
  });

  it('changes when the link to the new one is opened, not before', async () => {
    const { doctor } = await aClinic(gateway);
    const here = client();
    await here.auth.signInWithPassword({ email: doctor.email, password });
    const next = `novo-${doctor.email}`;
    expect((await here.auth.updateUser({ email: next })).error).toBeNull();
    expect(await signInError(next, password)).toBe('invalid_credentials');
    const { path: _path, ...link } = await mustLinkTo(next);
    expect((await client().auth.verifyOtp(link)).data.user?.email).toBe(next);
    expect(await signInError(next, password)).toBeUndefined();
    expect(await signInError(doctor.email, password)).toBe('invalid_credentials');
  });

  it('tells of its change at the one from before, once, and keeps that no longer', async () => {
    const { doctor } = await aClinic(gateway);
    const here = client();
    await here.auth.signInWithPassword({ email: doctor.email, password });
    const next = `outro-${doctor.email}`;
    await here.auth.updateUser({ email: next });
    const { path: _path, ...link } = await mustLinkTo(next);
    expect(mailsTo(doctor.email)).toBe(0);
    expect((await client().auth.verifyOtp(link)).error).toBeNull();
    await drainJobs(gateway);
    await drainJobs(gateway);
    const told = resend.sent.filter(({ to }) => to.includes(doctor.email));
    expect(told.map(({ subject }) => subject)).toEqual([
      'O e-mail da sua conta foi trocado · MedCall',
    ]);
    // Neither where to, nor anything that opens the account.
    expect(JSON.stringify(told)).not.toContain(next);
    const kept = await gateway.database.database.asSystem('read a test', (trx) =>
      trx
        .selectFrom('auth_embedded.account_notices')
        .select('sent_to')
        .where('user_id', '=', doctor.sub)
        .execute(),
    );
    expect(kept).toEqual([{ sent_to: null }]);
  });
});

describe('auth.admin', () => {
  it('creates, lists, changes, bans and closes accounts', async () => {
    const email = 'conta@clinica.test';
    const made = await admin().createUser({ email, password, email_confirm: true });
    const id = made.data.user?.id ?? '';
    expect(await signInError(email, password)).toBeUndefined();
    expect((await admin().createUser({ email })).error?.code).toBe('email_exists');
    const listed = await admin().listUsers({ page: 1, perPage: 2 });
    expect(listed.data.users.map((user) => user.id)).toContain(id);
    expect(listed.data).toMatchObject({ total: expect.any(Number), nextPage: 2 });
    expect((await admin().getUserById(id)).data.user?.email).toBe(email);

    await admin().updateUserById(id, { password: chosen, user_metadata: { name: 'Conta' } });
    expect(await signInError(email, password)).toBe('invalid_credentials');
    const here = client();
    await here.auth.signInWithPassword({ email, password: chosen });
    expect((await here.auth.getUser()).data.user?.user_metadata).toMatchObject({ name: 'Conta' });
    await admin().updateUserById(id, { ban_duration: '24h' });
    expect((await here.auth.getUser()).error).not.toBeNull();
    expect(await signInError(email, chosen)).toBe('user_banned');
    await admin().updateUserById(id, { ban_duration: 'none' });
    expect(await signInError(email, chosen)).toBeUndefined();

    expect((await admin().deleteUser(id)).error).toBeNull();
    expect(await signInError(email, chosen)).toBe('invalid_credentials');
    expect((await admin().getUserById(id)).error).toMatchObject({ status: 404 });
  });

  it('invites: the link sets the first password', async () => {
    const email = 'convidada@clinica.test';
    const { error } = await admin().inviteUserByEmail(email, { data: { name: 'Ana' } });
    expect(error).toBeNull();
    expect(await signInError(email, password)).toBe('invalid_credentials');
    const { path: _path, ...link } = await mustLinkTo(email);
    expect(link.type).toBe('invite');
    const here = client();
    expect((await here.auth.verifyOtp(link)).data.user?.user_metadata).toMatchObject({
      name: 'Ana',
    });
    expect((await here.auth.updateUser({ password: chosen })).error).toBeNull();
    expect(await signInError(email, chosen)).toBeUndefined();
    expect((await admin().inviteUserByEmail(email)).error?.code).toBe('email_exists');
  });

  it('is refused to everybody without the key', async () => {
    const { admin: person } = await aClinic(gateway);
    const { data } = await client().auth.signInWithPassword({ email: person.email, password });
    for (const key of ['anon-key', data.session?.access_token ?? '']) {
      const { error } = await supabaseFor(gateway, key).auth.admin.listUsers();
      expect([error?.status, error?.code]).toEqual([403, 'not_admin']);
    }
    expect((await client().auth.signUp({ email: 'x@y.test', password: chosen })).error?.code).toBe(
      'signup_disabled',
    );
  });
});

describe('a doctor invited by the clinic', () => {
  it('sets a password by the mailed link and works in that clinic alone', async () => {
    const clinic = await aClinic(gateway);
    const { data } = await client().auth.signInWithPassword({
      email: clinic.admin.email,
      password,
    });
    const office = apiOf(gateway, data.session?.access_token);
    const email = 'Convidado@Clinica.test';
    const wanted = { nome: 'Dr. Convidado', email, crm: 'CRM/MG 45.678', rqe: 'RQE 1.234' };
    const made = await office('POST', '/api/clinic/doctors', wanted);
    expect([made.status, made.body]).toMatchObject([
      201,
      { crm: '45678/MG', rqe: '1234', email: email.toLowerCase(), active: true },
    ]);
    expect((await office('POST', '/api/clinic/doctors', wanted)).body.error).toMatchObject({
      code: 'conflict',
      details: { doctor_id: made.body.id },
    });

    const { path: _path, ...link } = await mustLinkTo(email.toLowerCase());
    const here = client();
    await here.auth.verifyOtp(link);
    await here.auth.updateUser({ password: chosen });
    const token = (await here.auth.getSession()).data.session?.access_token;
    const api = apiOf(gateway, token);
    expect((await api('GET', '/api/me')).body).toMatchObject({
      user: { role: 'medico', name: 'Dr. Convidado' },
      clinic: { id: clinic.id },
    });
    await office('POST', `/api/clinic/doctors/${made.body.id}/deactivate`);
    expect((await api('GET', '/api/me')).status).toBe(403);
  });

  it('is refused with a wrong registration, or an address that somebody has', async () => {
    const clinic = await aClinic(gateway);
    const { data } = await client().auth.signInWithPassword({
      email: clinic.admin.email,
      password,
    });
    const office = apiOf(gateway, data.session?.access_token);
    const invite = async (changes: object) => {
      const wanted = {
        nome: 'Dra. Outra',
        email: 'outra@clinica.test',
        crm: '98765/SP',
        ...changes,
      };
      const { body, status } = await office('POST', '/api/clinic/doctors', wanted);
      return [status, body.error?.details?.[0]?.path];
    };
    expect(await invite({ crm: '98765/XX' })).toEqual([400, 'crm']);
    expect(await invite({ rqe: 'muitos' })).toEqual([400, 'rqe']);
    expect(await invite({ email: clinic.doctor.email })).toEqual([409, 'email']);
    expect(await invite({})).toEqual([201, undefined]);
  });
});
