import { notification } from '@medcall/shared-types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import {
  type FakeTwilio,
  startFakeTwilio,
  twilioSignature,
} from '../../../../../tests/fakes/twilio/fake-twilio.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aPatient, type TestPatient } from '../testing/world.ts';

const hour = 3_600_000;
const publicUrl = 'http://gateway.test';
let world: TwoClinics;
let resend: FakeResend;
let twilio: FakeTwilio;
let phones = 0;

beforeAll(async () => {
  resend = await startFakeResend();
  twilio = await startFakeTwilio(() => world.gateway.clock.now());
  world = await twoClinics({
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'MedCall <nao-responda@medcall.test>',
    SMS_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: twilio.from,
    TWILIO_BASE_URL: twilio.url,
    MESSAGE_TIMEOUT_MS: '500',
  });
});
afterAll(async () => {
  await world.gateway.stop();
  await Promise.all([resend.close(), twilio.close()]);
});
beforeEach(() => drainAll());

const drainAll = () => drainJobs(world.gateway);
const later = (milliseconds: number) => {
  world.gateway.clock.advance(milliseconds);
  return drainAll();
};
const fromNow = (milliseconds: number) =>
  new Date(world.gateway.clock.now() + milliseconds).toISOString();

/** A patient with both contacts, and with texts that nobody else gets. */
async function aReachable(contacts: { email?: string | null; phone?: string | null } = {}) {
  phones += 1;
  const patient = await aPatient(world.gateway, world.clinic);
  const reach = {
    email: `paciente${phones}@paciente.test`,
    phone: `(11) 97${String(1_000_000 + phones)}`,
    birth_date: '1980-05-17',
    ...contacts,
  };
  await world.gateway.database.database.asSystem('test', (trx) =>
    trx.updateTable('patients').set(reach).where('id', '=', patient.id).execute(),
  );
  return { ...patient, ...reach, e164: `+551197${1_000_000 + phones}` };
}
type Reachable = Awaited<ReturnType<typeof aReachable>>;

async function aBooking(patient: TestPatient, inMs: number) {
  return world.aConsultation({
    patient_id: patient.id,
    scheduled_at: fromNow(inMs),
    duration_minutes: 5,
  });
}
async function invite(consultationId: string, send: string[]) {
  const answer = await world.doctor('POST', '/api/invitations', { consultationId, send });
  return answer;
}
const mailsTo = ({ email }: Reachable) => resend.sent.filter(({ to }) => to.includes(email ?? ''));
const smsTo = ({ e164 }: Reachable) => twilio.messages.filter(({ to }) => to === e164);
async function messagesOf(consultationId: string) {
  const answer = await world.doctor('GET', `/api/notifications?consultation_id=${consultationId}`);
  expect(answer.status).toBe(200);
  return notification.array().parse(answer.body.items);
}
const fates = async (consultationId: string) =>
  (await messagesOf(consultationId))
    .map(({ channel, kind, status }) => `${channel} ${kind} ${status}`)
    .sort();

describe('a link to documents that is sent', () => {
  async function withPapers(patient: TestPatient) {
    const { id } = await world.aConsultation({ patient_id: patient.id });
    const papers = `/api/consultations/${id}/documents`;
    const draft = await world.doctor('POST', papers, {
      kind: 'instructions',
      content: { text: 'Beber água.' },
    });
    await world.doctor('POST', `${papers}/${draft.body.id}/approve`);
    return id;
  }
  const share = (consultationId: string) =>
    world.doctor('POST', '/api/invitations', {
      consultationId,
      kind: 'documents',
      send: ['email'],
    });

  it('brings by e-mail the very link that the doctor was given', async () => {
    const ana = await aReachable();
    const id = await withPapers(ana);
    const made = await share(id);
    expect(made.status).toBe(201);
    await drainAll();
    expect(mailsTo(ana).map(({ text }) => text?.includes(made.body.url))).toEqual([true]);
    expect(await fates(id)).toEqual(['email consultation.documents sent']);
  });

  it('brings nothing when the link was revoked before it went out', async () => {
    const rui = await aReachable();
    const id = await withPapers(rui);
    const made = await share(id);
    await world.doctor('DELETE', `/api/invitations/${made.body.id}`);
    await drainAll();
    expect(mailsTo(rui)).toEqual([]);
    expect(await fates(id)).toEqual(['email consultation.documents cancelled']);
  });
});

describe('an invitation that is sent', () => {
  it('brings by e-mail and SMS the very link that the doctor was given', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    const made = await invite(id, ['email', 'sms']);
    expect(made.status).toBe(201);
    await drainAll();
    const [mail] = mailsTo(joao);
    expect(mail?.text).toContain(made.body.url);
    expect(mail?.html).toContain(made.body.token);
    expect(smsTo(joao).map(({ body }) => body.endsWith(made.body.url))).toEqual([true]);
    expect(await fates(id)).toEqual([
      'email consultation.invitation sent',
      'sms consultation.invitation sent',
    ]);
    const exchanged = await world.nobody('POST', '/api/invitations/exchange', {
      token: made.body.token,
    });
    expect(exchanged.status).toBe(200);
  });

  it('is refused at once when the card has no such contact', async () => {
    const joao = await aReachable({ phone: '(11) 3333-4444', email: null });
    const { id } = await world.aConsultation({ patient_id: joao.id });
    for (const channel of ['email', 'sms']) {
      expect(code(await invite(id, [channel]))).toEqual([400, 'validation_failed']);
    }
    expect(await messagesOf(id)).toEqual([]);
  });

  it('leaves the text nowhere in clear, and nowhere at all once it is out', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    const { body } = await invite(id, ['email']);
    resend.faults.next({ kind: 'cut_off_after' });
    await drainAll();
    const kept = await world.gateway.database.database.asSystem('test', (trx) =>
      trx.selectFrom('notification_messages').select('sealed').execute(),
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.sealed.includes(Buffer.from(body.token))).toBe(false);
    await later(hour);
    const left = await world.gateway.database.database.asSystem('test', (trx) =>
      trx.selectFrom('notification_messages').select('sealed').execute(),
    );
    expect(left).toEqual([]);
    expect(mailsTo(joao)).toHaveLength(1);
  });
});

describe('e-mail whose answer is lost', () => {
  it.each(['server_error_after', 'cut_off_after', 'hang_after', 'garbage_after'] as const)(
    '%s: repeated under its key, one mail',
    async (kind) => {
      const joao = await aReachable();
      const { id } = await world.aConsultation({ patient_id: joao.id });
      await invite(id, ['email']);
      resend.faults.next({ kind });
      await drainAll();
      expect(await fates(id)).toEqual(['email consultation.invitation sending']);
      await later(hour);
      expect(await fates(id)).toEqual(['email consultation.invitation sent']);
      expect(mailsTo(joao)).toHaveLength(1);
    },
  );

  it('is not repeated when the vendor has forgotten the key: a person decides', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['email']);
    resend.faults.next({ kind: 'cut_off_after' });
    await drainAll();
    await later(24 * hour);
    expect(mailsTo(joao)).toHaveLength(1);
    expect(await fates(id)).toEqual([
      'app message.unknown delivered',
      'email consultation.invitation unknown',
    ]);
    const unknown = (await messagesOf(id)).find(({ status }) => status === 'unknown');
    expect(unknown?.reason).toContain('pode ou não ter saído');
    const resolve = `/api/notifications/${unknown?.id}/resolve`;
    expect(code(await world.stranger('POST', resolve, { outcome: 'resend' }))).toEqual([
      404,
      'not_found',
    ]);
    expect((await world.doctor('POST', resolve, { outcome: 'resend' })).status).toBe(200);
    await drainAll();
    expect(mailsTo(joao)).toHaveLength(2);
    expect(code(await world.doctor('POST', resolve, { outcome: 'resend' }))).toEqual([
      409,
      'conflict',
    ]);
  });

  it('waits as long as 429 asks', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['email']);
    resend.faults.next({ kind: 'rate_limited', retryAfterSeconds: 120 });
    await drainAll();
    await later(119_000);
    expect(mailsTo(joao)).toHaveLength(0);
    await later(2_000);
    expect(mailsTo(joao)).toHaveLength(1);
    expect(await fates(id)).toEqual(['email consultation.invitation sent']);
  });
});

describe('SMS whose answer is lost', () => {
  it.each(['server_error_after', 'cut_off_after', 'hang_after', 'garbage_after'] as const)(
    '%s: looked up and found, not sent again',
    async (kind) => {
      const joao = await aReachable();
      const { id } = await world.aConsultation({ patient_id: joao.id });
      await invite(id, ['sms']);
      twilio.faults.next({ kind });
      await drainAll();
      expect(await fates(id)).toEqual(['sms consultation.invitation sending']);
      const asked = twilio.lookUps.length;
      await later(hour);
      expect(twilio.lookUps.length).toBeGreaterThan(asked);
      expect(smsTo(joao)).toHaveLength(1);
      expect(await fates(id)).toEqual(['sms consultation.invitation sent']);
    },
  );

  it.each(['server_error_before', 'cut_off_before'] as const)(
    '%s: looked up, not found, then sent again',
    async (kind) => {
      const joao = await aReachable();
      const { id } = await world.aConsultation({ patient_id: joao.id });
      await invite(id, ['sms']);
      twilio.faults.next({ kind });
      await drainAll();
      const asked = twilio.lookUps.length;
      expect(smsTo(joao)).toHaveLength(0);
      await later(hour);
      expect(twilio.lookUps.length).toBe(asked + 1);
      expect(smsTo(joao)).toHaveLength(1);
      expect(await fates(id)).toEqual(['sms consultation.invitation sent']);
    },
  );

  it('is never looked up before the vendor must know of it', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    twilio.faults.next({ kind: 'cut_off_after' });
    await drainAll();
    const asked = twilio.lookUps.length;
    await later(30_000);
    expect(twilio.lookUps.length).toBe(asked);
    await later(31_000);
    expect(twilio.lookUps.length).toBe(asked + 1);
    expect(smsTo(joao)).toHaveLength(1);
  });

  it('takes a status report for the answer that it never got', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    twilio.faults.next({ kind: 'hang_after' });
    await drainAll();
    const [message] = smsTo(joao);
    await reportStatus(message?.sid ?? '', 'sent');
    expect(await fates(id)).toEqual(['sms consultation.invitation sent']);
    const asked = twilio.lookUps.length;
    await later(hour);
    expect(twilio.lookUps.length).toBe(asked);
    expect(smsTo(joao)).toHaveLength(1);
  });

  it('is shown to a person when the vendor cannot be asked, and not sent again', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    twilio.faults.next({ kind: 'cut_off_after' });
    twilio.lookUpFaults.otherwise = () => ({ kind: 'server_error_before' });
    try {
      await drainAll();
      for (let i = 0; i < 20; i += 1) await later(hour);
    } finally {
      twilio.lookUpFaults.otherwise = () => null;
    }
    expect(smsTo(joao)).toHaveLength(1);
    expect(await fates(id)).toEqual([
      'app message.unknown delivered',
      'sms consultation.invitation unknown',
    ]);
  });

  it('does not take the same text of another message for its own', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    await drainAll();
    const [first] = await messagesOf(id);
    // Asked for once more by a person: the text is the same to the letter.
    await world.gateway.database.database.asSystem('test', async (trx) => {
      const row = await trx
        .selectFrom('notifications')
        .selectAll()
        .where('id', '=', first?.id ?? '')
        .executeTakeFirstOrThrow();
      const { clinica_id, consultation_id, patient_id, kind } = row;
      const { id: copy } = await trx
        .insertInto('notifications')
        .values({ clinica_id, consultation_id, patient_id, kind, channel: 'sms' })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { enqueue } = await import('@medcall/service-kit');
      await enqueue(trx, 'notification.send', copy);
    });
    twilio.faults.next({ kind: 'server_error_before' });
    await drainAll();
    await later(hour);
    expect(smsTo(joao)).toHaveLength(2);
    expect(new Set(smsTo(joao).map(({ body }) => body)).size).toBe(1);
  });
});

describe('a message that cannot be delivered', () => {
  it('fails for good with the reason in Portuguese, and the doctor is told', async () => {
    const joao = await aReachable();
    twilio.refuse.set(joao.e164, 21610);
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    await drainAll();
    expect(await fates(id)).toEqual([
      'app message.failed delivered',
      'sms consultation.invitation failed',
    ]);
    const failed = (await messagesOf(id)).find(({ status }) => status === 'failed');
    expect(failed?.reason).toBe('O paciente pediu para não receber mensagens deste número.');
    const own = await world.doctor('GET', '/api/notifications?box=own');
    const notice = own.body.items.find(
      (item: { consultation_id: string }) => item.consultation_id === id,
    );
    expect(notice).toMatchObject({ kind: 'message.failed', read_at: null });
    const read = await world.doctor('POST', `/api/notifications/${notice.id}/read`);
    expect(read.body.read_at).not.toBeNull();
    expect(code(await world.stranger('POST', `/api/notifications/${notice.id}/read`))).toEqual([
      404,
      'not_found',
    ]);
  });
});

describe('reminders', () => {
  it('go out 24 h and 1 h before, by e-mail and SMS, with a link that opens the room', async () => {
    const joao = await aReachable();
    const { id } = await aBooking(joao, 30 * hour);
    await drainAll();
    expect(await fates(id)).toEqual([
      'email consultation.reminder_1h queued',
      'email consultation.reminder_24h queued',
      'sms consultation.reminder_1h queued',
      'sms consultation.reminder_24h queued',
    ]);
    await later(5.9 * hour);
    expect(mailsTo(joao)).toHaveLength(0);
    await later(0.2 * hour);
    expect(mailsTo(joao).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Lembrete'),
    ]);
    expect(smsTo(joao)).toHaveLength(1);
    await later(22.9 * hour);
    expect(mailsTo(joao)).toHaveLength(2);
    const links = mailsTo(joao).map(({ text }) => /convite=([\w-]+)/.exec(text)?.[1] ?? '');
    // Both lead the same person in.
    expect(new Set(links).size).toBe(1);
    const exchanged = await world.nobody('POST', '/api/invitations/exchange', { token: links[0] });
    expect(exchanged.body.consultation).toMatchObject({ id, role: 'patient' });
  });

  it('move with the consultation, and the old time is never mentioned', async () => {
    const joao = await aReachable({ phone: null });
    const { id } = await aBooking(joao, 30 * hour);
    await drainAll();
    await world.doctor('PATCH', `/api/consultations/${id}`, { scheduled_at: fromNow(60 * hour) });
    await later(7 * hour);
    expect(mailsTo(joao)).toHaveLength(0);
    await later(29.5 * hour);
    expect(mailsTo(joao)).toHaveLength(1);
    // Moved again after the first reminder went out: reminded of the new time.
    await world.doctor('PATCH', `/api/consultations/${id}`, { scheduled_at: fromNow(48 * hour) });
    await drainAll();
    await later(25 * hour);
    expect(mailsTo(joao)).toHaveLength(2);
    await later(22.5 * hour);
    expect(mailsTo(joao)).toHaveLength(3);
    expect((await fates(id)).filter((fate) => fate.endsWith('queued'))).toEqual([]);
  });

  it('end with the consultation; who was told is told that it is cancelled', async () => {
    const [told, untold] = [await aReachable(), await aReachable()];
    const first = await aBooking(told, 30 * hour);
    const second = await aBooking(untold, 40 * hour);
    await drainAll();
    await later(6.5 * hour);
    for (const { id } of [first, second]) {
      await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    }
    await later(40 * hour);
    expect(mailsTo(told).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Lembrete'),
      expect.stringContaining('cancelada'),
    ]);
    expect(smsTo(told)).toHaveLength(2);
    expect(mailsTo(untold)).toEqual([]);
    expect((await fates(second.id)).every((fate) => fate.endsWith('cancelled'))).toBe(true);
  });

  it('are not sent late for a consultation that began or is over', async () => {
    const joao = await aReachable();
    await aBooking(joao, 30 * hour);
    await drainAll();
    // The worker was down the whole time.
    await later(31 * hour);
    expect(mailsTo(joao)).toEqual([]);
    expect(smsTo(joao)).toEqual([]);
  });

  it('of a booking at short notice are those that still lie ahead', async () => {
    const joao = await aReachable();
    const { id } = await aBooking(joao, 5 * hour);
    await drainAll();
    expect((await fates(id)).sort()).toEqual([
      'email consultation.reminder_1h queued',
      'sms consultation.reminder_1h queued',
    ]);
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    await drainAll();
  });
});

/** The fake knows our public name; a test sends what it signed to where the gateway really listens. */
async function deliver(path: string, fields: Record<string, string>, signature?: string) {
  const url = `${publicUrl}${path}`;
  return fetch(world.gateway.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature ?? twilioSignature(twilio.authToken, url, fields),
    },
    body: new URLSearchParams(fields).toString(),
  });
}
async function reportStatus(sid: string, status: string) {
  const message = twilio.messages.find((one) => one.sid === sid);
  const url = new URL(message?.statusCallback ?? '');
  expect(url.origin).toBe(publicUrl);
  const answer = await deliver(url.pathname + url.search, {
    AccountSid: twilio.accountSid,
    MessageSid: sid,
    MessageStatus: status,
    To: message?.to ?? '',
  });
  expect(answer.status).toBe(204);
}
const reply = (from: string, text: string, sid = `SM${Math.random().toString(16).slice(2)}`) =>
  deliver('/api/twilio/sms', { MessageSid: sid, From: from, To: twilio.from, Body: text });

describe('status reports', () => {
  it('count once, in any order, and a late one takes nothing back', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    await drainAll();
    const sid = smsTo(joao)[0]?.sid ?? '';
    for (const status of ['delivered', 'delivered', 'sent', 'queued'])
      await reportStatus(sid, status);
    expect(await fates(id)).toEqual(['sms consultation.invitation delivered']);
    await reportStatus(sid, 'undelivered');
    expect(await fates(id)).toEqual(['sms consultation.invitation delivered']);
  });

  it('tell of a failure that the vendor learned later', async () => {
    const joao = await aReachable();
    const { id } = await world.aConsultation({ patient_id: joao.id });
    await invite(id, ['sms']);
    await drainAll();
    await reportStatus(smsTo(joao)[0]?.sid ?? '', 'undelivered');
    await reportStatus(smsTo(joao)[0]?.sid ?? '', 'undelivered');
    expect(await fates(id)).toEqual([
      'app message.failed delivered',
      'sms consultation.invitation failed',
    ]);
  });

  it('are refused without the vendor’s signature', async () => {
    const fields = { MessageSid: 'SM1', MessageStatus: 'delivered' };
    const path = '/api/twilio/status?n=x';
    expect((await deliver(path, fields, 'AAAA')).status).toBe(403);
    expect((await deliver(path, fields, '')).status).toBe(403);
    const other = twilioSignature(twilio.authToken, `${publicUrl}/api/twilio/status`, fields);
    expect((await deliver(path, fields, other)).status).toBe(403);
    const good = twilioSignature(twilio.authToken, `${publicUrl}${path}`, fields);
    expect((await deliver(path, { ...fields, MessageStatus: 'failed' }, good)).status).toBe(403);
    expect((await deliver(path, fields, good)).status).toBe(204);
  });
});

describe('a reply to the reminder', () => {
  async function aReminded() {
    const joao = await aReachable();
    const { id } = await aBooking(joao, 25 * hour);
    await drainAll();
    await later(1.5 * hour);
    expect(smsTo(joao)).toHaveLength(1);
    return { joao, id };
  }
  const answerOf = (id: string) =>
    world.gateway.database.database.asSystem('test', (trx) =>
      trx
        .selectFrom('consultations')
        .select('patient_answer')
        .where('id', '=', id)
        .executeTakeFirst(),
    );

  it('confirms: the doctor sees it, the patient gets it in writing', async () => {
    const { joao, id } = await aReminded();
    const answer = await reply(joao.e164, 'Sim, estarei lá!');
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(await answer.text()).toContain('<Message>Presenca confirmada');
    await drainAll();
    expect(await answerOf(id)).toEqual({ patient_answer: 'confirmed' });
    expect(mailsTo(joao).at(-1)?.subject).toContain('confirmada');
    expect(await fates(id)).toContain('app patient.confirmed delivered');
  });

  it('a no cancels nothing: a person decides', async () => {
    const { joao, id } = await aReminded();
    await reply(joao.e164, 'NÃO');
    expect(await answerOf(id)).toEqual({ patient_answer: 'declined' });
    expect(await fates(id)).toContain('app patient.declined delivered');
    expect((await world.doctor('GET', `/api/consultations/${id}`)).body.status).toBe('WAITING');
  });

  it('counts once however often it is delivered, and an old one says nothing about a later booking', async () => {
    const { joao, id } = await aReminded();
    for (let i = 0; i < 3; i += 1) await reply(joao.e164, 'sim', 'SM-the-same');
    expect((await fates(id)).filter((fate) => fate.startsWith('app'))).toHaveLength(1);
    await world.doctor('PATCH', `/api/consultations/${id}`, { scheduled_at: fromNow(30 * hour) });
    expect(await answerOf(id)).toEqual({ patient_answer: null });
    await reply(joao.e164, 'sim', 'SM-the-same');
    expect(await answerOf(id)).toEqual({ patient_answer: null });
  });

  it('of somebody whom nobody asked changes nothing', async () => {
    const { id } = await aReminded();
    expect(await (await reply('+5511999990000', 'sim')).text()).toContain('Nao encontramos');
    expect(await answerOf(id)).toEqual({ patient_answer: null });
  });
});
