import { describe, expect, it } from 'vitest';
import {
  aReachable,
  drainAll,
  fates,
  hour,
  invite,
  later,
  mailsTo,
  messagesOf,
  resend,
  smsTo,
  twilio,
  useMessageWorld,
  world,
} from '../testing/message-world.ts';
import { code } from '../testing/two-clinics.ts';
import type { TestPatient } from '../testing/world.ts';

useMessageWorld();

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
