import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeResend, startFakeResend } from '../../../../../tests/fakes/resend/fake-resend.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { aPatient } from '../testing/world.ts';
import { claim } from './claim.ts';
import type { SendOutcome } from './ports.ts';
import { settle } from './settle.ts';

let world: TwoClinics;
let resend: FakeResend;

beforeAll(async () => {
  resend = await startFakeResend();
  world = await twoClinics({
    MAIL_PROVIDER: 'resend',
    RESEND_API_KEY: resend.apiKey,
    RESEND_BASE_URL: resend.url,
  });
});
afterAll(async () => {
  await world?.gateway.stop();
  await resend?.close();
});

/** A mail that was taken for sending, and then its person is erased. */
async function erasedInFlight() {
  const patient = await aPatient(world.gateway, world.clinic, 'Some No Meio');
  const email = `${patient.id}@paciente.test`;
  await world.admin('PATCH', `/api/patients/${patient.id}`, { email });
  const { id } = await world.aConsultation({ patient_id: patient.id });
  await world.doctor('POST', '/api/invitations', { consultationId: id, send: ['email'] });
  const { messages } = world.gateway.jobs;
  const { id: notificationId } = await messages.db.asSystem('test', (trx) =>
    trx
      .selectFrom('notifications')
      .select('id')
      .where('consultation_id', '=', id)
      .where('channel', '=', 'email')
      .executeTakeFirstOrThrow(),
  );
  const taken = await claim(messages, notificationId);
  if (taken.kind !== 'send') throw new Error(`not to be sent: ${taken.kind}`);
  const request = await world.admin('POST', '/api/data-requests', {
    patient_id: patient.id,
    kind: 'erasure',
  });
  const erased = await world.admin('POST', `/api/data-requests/${request.body.id}/erase`);
  expect(erased.status, erased.text).toBe(200);
  return { claimed: taken.claimed, email, notificationId };
}

async function rowOf(notificationId: string) {
  return world.gateway.database.database.asSystem('test', async (trx) => ({
    ...(await trx
      .selectFrom('notifications')
      .select(['status', 'recipient_hash'])
      .where('id', '=', notificationId)
      .executeTakeFirstOrThrow()),
    kept: await trx
      .selectFrom('notification_messages')
      .select('notification_id')
      .where('notification_id', '=', notificationId)
      .execute(),
  }));
}

const outcomes: [SendOutcome, string][] = [
  [{ kind: 'sent', providerId: 'out-of-the-house' }, 'sent'],
  [{ kind: 'unknown', vendorCode: 'lost' }, 'unknown'],
  [{ kind: 'later', vendorCode: '429' }, 'failed'],
];

it.each(outcomes)(
  'what became of a try that was under way is noted, and it is never repeated: %o',
  async (outcome, status) => {
    const { claimed, email, notificationId } = await erasedInFlight();
    expect(await rowOf(notificationId)).toEqual({
      status: 'sending',
      recipient_hash: null,
      kept: [],
    });
    await settle(world.gateway.jobs.messages, claimed, 'resend', outcome);
    world.gateway.clock.advance(24 * 3_600_000);
    await drainJobs(world.gateway, { only: ['notification.send'] });
    expect(await rowOf(notificationId)).toMatchObject({ status, recipient_hash: null, kept: [] });
    expect(resend.sent.filter(({ to }) => to.includes(email))).toEqual([]);
  },
);

it('what waited is not sent', async () => {
  const patient = await aPatient(world.gateway, world.clinic, 'Nunca Recebe');
  const email = `${patient.id}@paciente.test`;
  await world.admin('PATCH', `/api/patients/${patient.id}`, { email });
  const { id } = await world.aConsultation({ patient_id: patient.id });
  await world.doctor('POST', '/api/invitations', { consultationId: id, send: ['email'] });
  const request = await world.admin('POST', '/api/data-requests', {
    patient_id: patient.id,
    kind: 'erasure',
  });
  await world.admin('POST', `/api/data-requests/${request.body.id}/erase`);
  await drainJobs(world.gateway, { only: ['notification.send'] });
  expect(resend.sent.filter(({ to }) => to.includes(email))).toEqual([]);
});
