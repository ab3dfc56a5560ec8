import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import { pricingStats } from '@medcall/shared-types/pricing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openStage, type Stage } from '../testing/stage.ts';
import type { TestService } from '../testing/test-service.ts';

let stage: Stage;
let world: World;
let service: TestService;

beforeAll(async () => {
  stage = await openStage();
  ({ world, service } = stage);
});
afterAll(() => stage?.close());

/** An administrator of the consultation's clinic. */
async function adminToken(consultation: TestConsultation) {
  const doctor = await world.aDoctor({ clinicaId: consultation.doctor.clinicaId });
  await world.query("update members set role = 'admin', medico_id = null where user_auth = $1", [
    doctor.sub,
  ]);
  return service.tokens.forDoctor(doctor);
}

const book = async (consultation: TestConsultation, body: object, key?: string, token?: string) =>
  service.call('POST', '/api/ai-pricing', {
    token: token ?? (await service.serviceToken(consultation.id, consultation.doctor.clinicaId)),
    body: { consultation_id: consultation.id, ...body },
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });

describe('/api/ai-pricing', () => {
  it("books the seed's body exactly, gpt as gpt-4o", async () => {
    const consultation = await world.aConsultation();
    const answer = await book(consultation, { service: 'gpt', tokens: 1500, cost: 0.003 });
    expect(answer).toMatchObject({
      status: 201,
      body: { service: 'gpt-4o', tokens: 1500, cost: '0.003000', state: 'settled' },
    });
  });

  it('books once per key and refuses the key for another cost', async () => {
    const consultation = await world.aConsultation();
    const cost = { service: 'whisper', seconds: 12.5, cost: '0.000123' };
    const first = await book(consultation, cost, 'k1');
    const second = await book(consultation, cost, 'k1');
    expect(second.body).toEqual(first.body);
    const changed = await book(consultation, { ...cost, cost: '0.5' }, 'k1');
    expect(changed).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    const other = await world.aConsultation();
    expect((await book(other, cost, 'k1')).status).toBe(201);
  });

  it('refuses malformed amounts', async () => {
    const consultation = await world.aConsultation();
    for (const cost of ['0.0000001', -1, 'abc', '1,5']) {
      expect((await book(consultation, { service: 'whisper', cost })).status).toBe(400);
    }
  });

  it('lets an administrator correct, a doctor not, and knows no other clinic', async () => {
    const consultation = await world.aConsultation();
    const elsewhere = await world.aConsultation();
    const admin = await adminToken(consultation);
    const cost = { service: 'gpt-4o', cost: '1.00' };
    expect((await book(consultation, cost, undefined, admin)).status).toBe(201);
    expect((await book(elsewhere, cost, undefined, admin)).status).toBe(404);
    const doctor = await service.tokens.forDoctor(consultation.doctor);
    expect((await book(consultation, cost, undefined, doctor)).status).toBe(403);
    const wrong = await service.serviceToken(elsewhere.id, elsewhere.doctor.clinicaId);
    expect((await book(consultation, cost, undefined, wrong)).status).toBe(404);
  });

  it('lists and sums what the caller may see, to the micro-real', async () => {
    const consultation = await world.aConsultation();
    const foreign = await world.aConsultation();
    await book(foreign, { service: 'whisper', cost: '9.99' });
    await book(consultation, { service: 'whisper', seconds: 60, cost: '0.100001' });
    await book(consultation, { service: 'whisper', seconds: 60, cost: '0.200002' });
    await book(consultation, { service: 'gpt', tokens: 10, cost: '0.000001' });
    const admin = await adminToken(consultation);

    const list = await service.call('GET', '/api/ai-pricing?limit=2', { token: admin });
    expect(list).toMatchObject({ status: 200, body: { nextCursor: expect.any(String) } });
    const { status, body } = await service.call('GET', '/api/ai-pricing/stats?period=month', {
      token: admin,
    });
    expect(status).toBe(200);
    const stats = pricingStats.parse(body);
    expect(stats.totalBrl).toBe('0.300004');
    expect(stats.byService).toEqual([
      { service: 'gpt-4o', totalBrl: '0.000001', calls: 1 },
      { service: 'whisper', totalBrl: '0.300003', calls: 2 },
    ]);
    expect(stats.byDay).toHaveLength(1);
    const query = `period=day&service=whisper&doctor_id=${consultation.doctor.medicoId}`;
    const narrow = await service.call('GET', `/api/ai-pricing/stats?${query}`, { token: admin });
    expect(narrow.body).toMatchObject({ totalBrl: '0.300003' });
  });
});

describe('/api/guidelines', () => {
  it('finds passages with their source for members', async () => {
    const doctor = await world.aDoctor();
    const token = await service.tokens.forDoctor(doctor);
    const { status, body } = await service.call('GET', '/api/guidelines?q=dor+de+cabe%C3%A7a', {
      token,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ documentId: 'cefaleia', url: expect.stringContaining('https') }),
      ]),
    });
  });

  it('leaves out what is for others', async () => {
    const token = await service.tokens.forDoctor(await world.aDoctor());
    const path = '/api/guidelines?limit=30&q=gesta%C3%A7%C3%A3o+pr%C3%A9-natal';
    const ids = async (extra: string) => {
      const { body } = await service.call('GET', path + extra, { token });
      return (body as { items: { documentId: string }[] }).items.map((item) => item.documentId);
    };
    expect(await ids('')).toContain('pre-natal');
    expect(await ids('&sex=M')).not.toContain('pre-natal');
  });

  it('keeps to one specialty where it is asked for', async () => {
    const token = await service.tokens.forDoctor(await world.aDoctor());
    const list = await service.call('GET', '/api/guidelines', { token });
    const documents = z
      .object({ items: z.array(z.object({ id: z.string(), specialty: z.array(z.string()) })) })
      .parse(list.body).items;
    const skin = documents.filter((one) => one.specialty.includes('dermatologia'));
    const found = async (extra: string) => {
      const path = `/api/guidelines?limit=20&q=mancha+com+febre${extra}`;
      const { body } = await service.call('GET', path, { token });
      return z.object({ items: z.array(z.object({ documentId: z.string() })) }).parse(body).items;
    };
    const inSkin = await found('&specialty=dermatologia');
    expect(inSkin.length).toBeGreaterThan(0);
    const ids = skin.map(({ id }) => id);
    for (const { documentId } of inSkin) expect(ids).toContain(documentId);
    expect((await found('')).every(({ documentId }) => ids.includes(documentId))).toBe(false);
    const odd = await service.call('GET', '/api/guidelines?q=febre&specialty=%3Cb%3E', { token });
    expect(odd.status).toBe(400);
  });

  it('lists the documents without a query, and is closed to strangers', async () => {
    const token = await service.tokens.forDoctor(await world.aDoctor());
    const { body } = await service.call('GET', '/api/guidelines', { token });
    expect((body as { items: unknown[] }).items.length).toBeGreaterThanOrEqual(12);
    expect((await service.call('GET', '/api/guidelines')).status).toBe(401);
  });
});

describe('health', () => {
  it('lives and is ready', async () => {
    expect((await service.call('GET', '/api/health')).status).toBe(200);
    expect(await service.call('GET', '/api/health/ready')).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok', guidelines: 'ok' } },
    });
  });
});
