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
  reportStatus,
  resend,
  smsTo,
  twilio,
  useMessageWorld,
  world,
} from '../testing/message-world.ts';
import { code } from '../testing/two-clinics.ts';

useMessageWorld();

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
