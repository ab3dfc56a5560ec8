import { describe, expect, it } from 'vitest';
import {
  aBooking,
  aReachable,
  drainAll,
  fates,
  fromNow,
  hour,
  later,
  mailsTo,
  smsTo,
  useMessageWorld,
  world,
} from '../testing/message-world.ts';

useMessageWorld();

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
