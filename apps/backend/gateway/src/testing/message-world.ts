import { notification } from '@medcall/shared-types';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import {
  type FakeTwilio,
  startFakeTwilio,
  twilioSignature,
} from '../../../../../tests/fakes/twilio/fake-twilio.ts';
import { drainJobs } from './drain-jobs.ts';
import { type TwoClinics, twoClinics } from './two-clinics.ts';
import { aPatient, type TestPatient } from './world.ts';

export const hour = 3_600_000;
export const publicUrl = 'http://gateway.test';
export let world: TwoClinics;
export let resend: FakeResend;
export let twilio: FakeTwilio;
let phones = 0;

/** Two clinics whose messages go to fakes of Resend and Twilio: called once at the top of a test file. */
export function useMessageWorld(): void {
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
}

export const drainAll = () => drainJobs(world.gateway);
export const later = (milliseconds: number) => {
  world.gateway.clock.advance(milliseconds);
  return drainAll();
};
export const fromNow = (milliseconds: number) =>
  new Date(world.gateway.clock.now() + milliseconds).toISOString();

/** A patient with both contacts, and with texts that nobody else gets. */
export async function aReachable(contacts: { email?: string | null; phone?: string | null } = {}) {
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
export type Reachable = Awaited<ReturnType<typeof aReachable>>;

export async function aBooking(patient: TestPatient, inMs: number) {
  return world.aConsultation({
    patient_id: patient.id,
    scheduled_at: fromNow(inMs),
    duration_minutes: 5,
  });
}
export async function invite(consultationId: string, send: string[]) {
  const answer = await world.doctor('POST', '/api/invitations', { consultationId, send });
  return answer;
}
export const mailsTo = ({ email }: Reachable) =>
  resend.sent.filter(({ to }) => to.includes(email ?? ''));
export const smsTo = ({ e164 }: Reachable) => twilio.messages.filter(({ to }) => to === e164);
export async function messagesOf(consultationId: string) {
  const answer = await world.doctor('GET', `/api/notifications?consultation_id=${consultationId}`);
  expect(answer.status).toBe(200);
  return notification.array().parse(answer.body.items);
}
export const fates = async (consultationId: string) =>
  (await messagesOf(consultationId))
    .map(({ channel, kind, status }) => `${channel} ${kind} ${status}`)
    .sort();

export async function deliver(path: string, fields: Record<string, string>, signature?: string) {
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
export async function reportStatus(sid: string, status: string) {
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
