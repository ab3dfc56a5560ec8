import { type WebhookDelivery, webhookDelivery, webhookPayload } from '@medcall/shared-types';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeReceiver,
  type Received,
  startFakeReceiver,
} from '../../../../../tests/fakes/webhook-receiver/fake-receiver.ts';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

const hour = 3_600_000;
let world: TwoClinics;
let receiver: FakeReceiver;
let secret: string;
/** What names resolve to: a test changes it as an attacker would. */
let resolved: string[] = ['93.184.215.14'];

beforeAll(async () => {
  receiver = await startFakeReceiver();
  world = await twoClinics(
    { WEBHOOK_ALLOW_LOOPBACK: '1', WEBHOOK_TIMEOUT_MS: '500' },
    { resolve: async () => resolved },
  );
  const made = await world.admin('PUT', '/api/clinic/webhook', { url: receiver.url });
  expect(made.status).toBe(200);
  secret = made.body.secret;
});
afterAll(async () => {
  await world.gateway.stop();
  await receiver.close();
});
beforeEach(async () => {
  receiver.otherwise = () => ({ kind: 'ok' });
  await drain();
  receiver.received.length = 0;
});

const drain = () => drainJobs(world.gateway);
const later = (milliseconds: number) => {
  world.gateway.clock.advance(milliseconds);
  return drain();
};

/** Checks with the Standard Webhooks project's own verifier, at the time of the test's clock. */
function verified({ body, headers }: Received, by = secret) {
  const real = Date.now;
  const now = world.gateway.clock.now();
  Date.now = () => now;
  try {
    return webhookPayload.parse(new Webhook(by).verify(body, headers));
  } finally {
    Date.now = real;
  }
}
const types = () => receiver.received.map((one) => verified(one).type);
const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']);
async function deliveries(query = ''): Promise<WebhookDelivery[]> {
  const answer = await world.admin('GET', `/api/clinic/webhook/deliveries${query}`);
  expect(answer.status).toBe(200);
  return webhookDelivery.array().parse(answer.body.items);
}
const deliveryOf = async (consultationId: string) =>
  (await deliveries()).find(({ payload }) => payload.data.consultation_id === consultationId);

describe('events', () => {
  it('of a consultation arrive signed, once each, with ids and nothing else', async () => {
    const { id } = await world.aConsultation();
    await drain();
    const begin = (status: 'IN_PROGRESS' | 'COMPLETED') =>
      world.gateway.database.database.asSystem('test', (trx) =>
        trx
          .updateTable('consultations')
          .set({
            status,
            started_at: new Date(),
            ...(status === 'COMPLETED' ? { ended_at: new Date() } : {}),
          })
          .where('id', '=', id)
          .execute(),
      );
    await begin('IN_PROGRESS');
    await begin('COMPLETED');
    await drain();
    expect(types()).toEqual([
      'consultation.created',
      'consultation.started',
      'consultation.completed',
    ]);
    expect(new Set(ids()).size).toBe(3);
    for (const { body } of receiver.received) {
      expect(JSON.parse(body).data).toEqual({ clinica_id: world.clinic.id, consultation_id: id });
      expect(body).not.toContain(world.joao.name);
    }
  });

  it('of a cancellation and of a signed note', async () => {
    const { id } = await world.aConsultation();
    await world.doctor('POST', `/api/consultations/${id}/cancel`, {});
    const { enqueue } = await import('@medcall/service-kit');
    const note = await world.gateway.database.database.asSystem('test', async (trx) => {
      const row = await trx
        .insertInto('notes')
        .values({ consultation_id: id })
        .returning('id')
        .executeTakeFirstOrThrow();
      await enqueue(trx, 'note.signed', row.id);
      await enqueue(trx, 'note.signed', row.id);
      return row.id;
    });
    await drain();
    expect(types()).toEqual(['consultation.created', 'consultation.cancelled', 'note.signed']);
    expect(JSON.parse(receiver.received[2]?.body ?? '').data).toEqual({
      clinica_id: world.clinic.id,
      consultation_id: id,
      note_id: note,
    });
  });

  it('go to the own clinic alone, and nowhere without a webhook', async () => {
    const patient = await world.stranger('POST', '/api/patients', { name: 'Paciente de Fora' });
    const made = await world.stranger('POST', '/api/consultations', {
      patient_id: patient.body.id,
      type: 'ONLINE',
    });
    expect(made.status).toBe(201);
    await drain();
    expect(receiver.received).toEqual([]);
    const mine = await world.strangerAdmin('GET', '/api/clinic/webhook/deliveries');
    expect(mine.body.items).toEqual([]);
  });

  it('that are announced twice are delivered once', async () => {
    const { id } = await world.aConsultation();
    const { enqueue } = await import('@medcall/service-kit');
    await world.gateway.database.database.asSystem('test', (trx) =>
      enqueue(trx, 'consultation.created', id),
    );
    await drain();
    expect(types()).toEqual(['consultation.created']);
  });
});

describe('a delivery that fails', () => {
  it.each([
    [{ kind: 'status', status: 500 }, 'respondeu com erro', 500],
    [{ kind: 'hang' }, 'não respondeu a tempo', null],
    [{ kind: 'cut_off' }, 'Não foi possível conectar', null],
    [
      { kind: 'status', status: 302, headers: { location: 'http://169.254.169.254/' } },
      'redirecionamento',
      302,
    ],
  ] as const)(
    '%o: said in Portuguese, tried again under the same id with a new time',
    async (behaviour, reason, status) => {
      receiver.next(behaviour);
      const { id } = await world.aConsultation();
      await drain();
      const failed = await deliveryOf(id);
      expect(failed).toMatchObject({ status: 'failed', attempts: 1, response_status: status });
      expect(failed?.reason).toContain(reason);
      expect(JSON.stringify(failed)).not.toContain('internals');
      await later(20_000);
      expect(new Set(ids()).size).toBe(1);
      expect(receiver.received).toHaveLength(2);
      const [first, second] = receiver.received.map(({ headers }) =>
        Number(headers['webhook-timestamp']),
      );
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(20);
      expect(verified(receiver.received[1] as Received).type).toBe('consultation.created');
      expect(await deliveryOf(id)).toMatchObject({
        status: 'delivered',
        attempts: 2,
        reason: null,
      });
    },
  );

  it('waits longer each time, then is put aside, seen by the administrator and sent again by him', async () => {
    receiver.otherwise = () => ({ kind: 'status', status: 503 });
    const { id } = await world.aConsultation();
    await drain();
    const gaps: number[] = [];
    for (let last = world.gateway.clock.now(), tries = 1; tries < 12; ) {
      await later(0.25 * hour);
      const now = receiver.received.length;
      if (now > tries) {
        gaps.push(world.gateway.clock.now() - last);
        last = world.gateway.clock.now();
        tries = now;
      }
      if (gaps.length > 20) break;
    }
    expect(gaps.at(-1)).toBeGreaterThan(gaps[0] ?? 0);
    const dead = await deliveryOf(id);
    expect(dead).toMatchObject({ status: 'dead', attempts: 12, next_attempt_at: null });
    await later(48 * hour);
    expect(receiver.received).toHaveLength(12);
    expect(new Set(ids()).size).toBe(1);
    expect((await deliveries('?status=dead')).map((one) => one.id)).toContain(dead?.id);
    expect((await world.admin('GET', '/api/clinic/webhook')).body.dead).toBeGreaterThan(0);
    const notices = await world.admin('GET', '/api/notifications?box=own');
    expect(notices.body.items[0]).toMatchObject({ kind: 'webhook.dead' });

    receiver.otherwise = () => ({ kind: 'ok' });
    const again = `/api/clinic/webhook/deliveries/${dead?.id}/resend`;
    expect(code(await world.strangerAdmin('POST', again))).toEqual([404, 'not_found']);
    expect(code(await world.doctor('POST', again))).toEqual([403, 'forbidden']);
    expect((await world.admin('POST', again)).status).toBe(202);
    await drain();
    expect(await deliveryOf(id)).toMatchObject({ status: 'delivered' });
    expect(new Set(ids()).size).toBe(1);
  });

  it('waits as long as Retry-After asks, and not at all after 410', async () => {
    receiver.next({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
    const first = await world.aConsultation();
    await drain();
    await later(0.9 * hour);
    expect(receiver.received).toHaveLength(1);
    await later(0.2 * hour);
    expect(await deliveryOf(first.id)).toMatchObject({ status: 'delivered' });
    receiver.next({ kind: 'status', status: 410 });
    const second = await world.aConsultation();
    await drain();
    expect(await deliveryOf(second.id)).toMatchObject({ status: 'dead', attempts: 1 });
  });
});

describe('the configuration', () => {
  it('is the administrator’s alone', async () => {
    for (const [method, path, body] of [
      ['GET', '/api/clinic/webhook'],
      ['PUT', '/api/clinic/webhook', { url: null }],
      ['POST', '/api/clinic/webhook/secret'],
      ['POST', '/api/clinic/webhook/test'],
      ['GET', '/api/clinic/webhook/deliveries'],
    ] as const) {
      expect(code(await world.doctor(method, path, body))).toEqual([403, 'forbidden']);
      expect((await world.nobody(method, path, body)).status).toBe(401);
    }
  });

  it('shows the secret once, and never again', async () => {
    expect(secret).toMatch(/^whsec_/);
    const shown = await world.admin('GET', '/api/clinic/webhook');
    expect(shown.body).toMatchObject({ url: receiver.url, hasSecret: true });
    expect(shown.text).not.toContain('whsec_');
    const again = await world.admin('PUT', '/api/clinic/webhook', { url: receiver.url });
    expect(again.text).not.toContain('whsec_');
  });

  it('tests with a signed delivery that says nothing', async () => {
    const made = await world.admin('POST', '/api/clinic/webhook/test');
    expect(made.status).toBe(202);
    await drain();
    expect(types()).toEqual(['webhook.test']);
    expect(ids()).toEqual([made.body.id]);
  });

  it('renews the secret without a gap: both sign for a day, then the new one alone', async () => {
    const old = secret;
    secret = (await world.admin('POST', '/api/clinic/webhook/secret')).body.secret;
    expect(secret).not.toBe(old);
    await world.admin('POST', '/api/clinic/webhook/test');
    await drain();
    const [both] = receiver.received.splice(0);
    for (const one of [old, secret])
      expect(verified(both as Received, one).type).toBe('webhook.test');
    await later(25 * hour);
    await world.admin('POST', '/api/clinic/webhook/test');
    await drain();
    const [alone] = receiver.received;
    expect(verified(alone as Received).type).toBe('webhook.test');
    expect(() => verified(alone as Received, old)).toThrow();
  });

  it.each([
    'http://hooks.clinica.com.br/',
    'https://10.0.0.1/',
    'https://metadata.google.internal/',
    'nonsense',
  ])('refuses %s', async (url) => {
    expect(code(await world.admin('PUT', '/api/clinic/webhook', { url }))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('takes a name by what it resolves to, and asks again before each delivery', async () => {
    const url = 'https://hooks.clinica.com.br/medcall';
    resolved = ['10.0.0.7'];
    expect(code(await world.admin('PUT', '/api/clinic/webhook', { url }))).toEqual([
      400,
      'validation_failed',
    ]);
    resolved = ['93.184.215.14'];
    expect((await world.admin('PUT', '/api/clinic/webhook', { url })).status).toBe(200);
    // Afterwards the name is pointed inside: nothing is sent.
    resolved = ['127.0.0.1'];
    const { id } = await world.aConsultation();
    await drain();
    expect(await deliveryOf(id)).toMatchObject({ status: 'failed', response_status: null });
    expect((await deliveryOf(id))?.reason).toContain('rede interna');
    expect(receiver.received).toEqual([]);
    await world.admin('PUT', '/api/clinic/webhook', { url: receiver.url });
    await later(hour);
    expect(await deliveryOf(id)).toMatchObject({ status: 'delivered' });
  });

  it('that is switched off ends what waits, and makes nothing new', async () => {
    receiver.next({ kind: 'status', status: 500 });
    const waiting = await world.aConsultation();
    await drain();
    await world.admin('PUT', '/api/clinic/webhook', { url: null });
    const unheard = await world.aConsultation();
    await later(hour);
    expect(await deliveryOf(waiting.id)).toMatchObject({ status: 'dead' });
    expect(await deliveryOf(unheard.id)).toBeUndefined();
    await world.admin('PUT', '/api/clinic/webhook', { url: receiver.url });
  });
});
