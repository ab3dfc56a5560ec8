import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeTwilio, startFakeTwilio } from '../../../../../tests/fakes/twilio/fake-twilio.ts';
import { freePort } from '../../../../../tests/support/free-port.ts';
import { createOutboxFolder } from './outbox-folder.ts';
import { createOutboxSms } from './outbox-senders.ts';
import type { OutgoingSms, SmsSender } from './ports.ts';
import { createTwilioSms, type TwilioOptions } from './twilio-sms.ts';

let twilio: FakeTwilio;
let folder: string;
let numbers = 0;
beforeAll(async () => {
  twilio = await startFakeTwilio();
  folder = await mkdtemp(join(tmpdir(), 'medcall-sms-'));
});
afterAll(async () => {
  await twilio.close();
  await rm(folder, { recursive: true });
});

function anSms(changes: Partial<OutgoingSms> = {}): OutgoingSms {
  numbers += 1;
  const to = `+551198${String(1_000_000 + numbers)}`;
  return { reference: randomUUID(), to, body: `Consulta amanha as 10h. ${numbers}`, ...changes };
}
const twilioSms = (changes: Partial<TwilioOptions> = {}) =>
  createTwilioSms({
    baseUrl: twilio.url,
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    from: twilio.from,
    statusUrl: 'https://gateway.test/api/twilio/status',
    ...changes,
  });
const adapters: Record<string, () => SmsSender> = {
  embedded: () => createOutboxSms(createOutboxFolder(folder)),
  twilio: () => twilioSms(),
};

describe.each(Object.entries(adapters))('SmsSender: %s', (_name, sender) => {
  it('sends, and finds what it sent by recipient and text', async () => {
    const since = new Date();
    const sms = anSms();
    expect(await sender().find(sms, since)).toEqual([]);
    const outcome = await sender().send(sms);
    expect(outcome).toEqual({ kind: 'sent', providerId: expect.any(String) });
    const found = await sender().find(sms, since);
    expect(found.map(({ providerId }) => providerId)).toEqual([
      outcome.kind === 'sent' ? outcome.providerId : '',
    ]);
  });

  it('does not find another message', async () => {
    const since = new Date();
    const sms = anSms();
    await sender().send(sms);
    expect(await sender().find(anSms(), since)).toEqual([]);
  });
});

describe('Twilio', () => {
  it('is told where to report, with our reference', async () => {
    const sms = anSms();
    await twilioSms().send(sms);
    expect(twilio.messages.at(-1)).toMatchObject({
      to: sms.to,
      body: sms.body,
      statusCallback: `https://gateway.test/api/twilio/status?n=${sms.reference}`,
    });
  });

  it.each([
    [{ kind: 'rate_limited', retryAfterSeconds: 3 }, { kind: 'later', retryAfterMs: 3000 }, 0],
    [{ kind: 'unauthorized' }, { kind: 'later' }, 0],
    [{ kind: 'server_error_before' }, { kind: 'unknown' }, 0],
    [{ kind: 'cut_off_before' }, { kind: 'unknown' }, 0],
    [{ kind: 'server_error_after' }, { kind: 'unknown' }, 1],
    [{ kind: 'cut_off_after' }, { kind: 'unknown' }, 1],
    [{ kind: 'hang_after' }, { kind: 'unknown' }, 1],
    [{ kind: 'garbage_after' }, { kind: 'unknown' }, 1],
  ] as const)(
    'after %o says %o; the look-up tells the two unknowns apart',
    async (fault, outcome, found) => {
      const since = new Date();
      const sms = anSms();
      twilio.faults.next(fault);
      const sender = twilioSms({ timeoutMs: 300 });
      expect(await sender.send(sms)).toMatchObject(outcome);
      expect(await sender.find(sms, since)).toHaveLength(found);
    },
  );

  it('knows no repetition: two tries are two messages', async () => {
    const sms = anSms();
    await twilioSms().send(sms);
    await twilioSms().send(sms);
    expect(twilio.messages.filter(({ to }) => to === sms.to)).toHaveLength(2);
  });

  it.each([
    [21211, 'invalid_address'],
    [21610, 'unsubscribed'],
    [21408, 'refused'],
  ])('code %i is final: %s', async (code, reason) => {
    const sms = anSms();
    twilio.refuse.set(sms.to, code);
    expect(await twilioSms().send(sms)).toEqual({
      kind: 'refused',
      reason,
      vendorCode: `400 ${code}`,
    });
  });

  it('leaves out of a look-up what is older than the try', async () => {
    const sms = anSms();
    await twilioSms().send(sms);
    expect(await twilioSms().find(sms, new Date(Date.now() + 3_600_000))).toEqual([]);
  });

  it('says when it cannot be asked, instead of "not found"', async () => {
    twilio.lookUpFaults.next({ kind: 'server_error_before' });
    await expect(twilioSms().find(anSms(), new Date())).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(
      twilioSms({ baseUrl: `http://127.0.0.1:${await freePort()}` }).find(anSms(), new Date()),
    ).rejects.toMatchObject({ code: 'unavailable' });
  });
});
