import { describe, expect, it } from 'vitest';
import { twilioSignature } from '../../../../../tests/fakes/twilio/fake-twilio.ts';
import {
  aBooking,
  aReachable,
  deliver,
  drainAll,
  fates,
  fromNow,
  hour,
  invite,
  later,
  mailsTo,
  publicUrl,
  reportStatus,
  smsTo,
  twilio,
  useMessageWorld,
  world,
} from '../testing/message-world.ts';

useMessageWorld();

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
