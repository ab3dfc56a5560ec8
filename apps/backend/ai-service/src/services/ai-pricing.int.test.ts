import type { MemberCaller } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestDoctor, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AiPricing } from './ai-pricing.ts';

/** A Wednesday, noon in São Paulo. */
const now = Date.parse('2026-11-25T15:00:00Z');

let db: TestDatabase;
let world: World;
let pricing: AiPricing;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  pricing = new AiPricing(db.database, { now: () => now }, { models: [], ownRate: false });
});
afterAll(async () => {
  await world?.close();
  await db?.drop();
});

const asDoctor = (doctor: TestDoctor): MemberCaller => {
  const iat = Math.floor(Date.now() / 1000);
  return {
    kind: 'member',
    sub: doctor.sub,
    iat,
    sessionId: null,
    claims: { sub: doctor.sub, role: 'authenticated', iat },
  };
};

async function booked(
  consultationId: string,
  at: string,
  micros: number,
  over: { service?: string; state?: string } = {},
) {
  await world.query(
    `insert into ai_pricing (consultation_id, service, cost_brl_micros, state, created_at)
     values ($1, $2, $3, $4, $5)`,
    [consultationId, over.service ?? 'whisper', micros, over.state ?? 'settled', at],
  );
}

it('sums by day, week (from Monday) and month as they begin in São Paulo', async () => {
  const { id, doctor } = await world.aConsultation();
  await booked(id, '2026-11-25T03:00:00Z', 1); // today, midnight
  await booked(id, '2026-11-25T02:59:59Z', 10); // yesterday's last second
  await booked(id, '2026-11-23T03:00:00Z', 100); // Monday, midnight
  await booked(id, '2026-11-23T02:59:59Z', 1000); // Sunday
  await booked(id, '2026-11-01T03:00:00Z', 10_000); // the first, midnight
  await booked(id, '2026-11-01T02:59:59Z', 100_000); // October
  await booked(id, '2026-11-25T15:00:01Z', 1_000_000); // not yet
  const total = async (period: 'day' | 'week' | 'month') =>
    (await pricing.stats(asDoctor(doctor), { period })).totalBrl;
  expect(await total('day')).toBe('0.000001');
  expect(await total('week')).toBe('0.000111');
  expect(await total('month')).toBe('0.011111');
  const { byDay } = await pricing.stats(asDoctor(doctor), { period: 'week' });
  expect(byDay).toEqual([
    { day: '2026-11-23', totalBrl: '0.0001' },
    { day: '2026-11-24', totalBrl: '0.00001' },
    { day: '2026-11-25', totalBrl: '0.000001' },
  ]);
});

it('parts by doctor and service, says what is estimated, and leaves out what was given back', async () => {
  const first = await world.aConsultation();
  const colleague = await world.aDoctor({ clinicaId: first.doctor.clinicaId });
  const second = await world.aConsultation({ doctor: colleague });
  await booked(first.id, '2026-11-25T12:00:00Z', 5);
  await booked(first.id, '2026-11-25T12:00:00Z', 7, { service: 'gpt-4o', state: 'reserved' });
  await booked(first.id, '2026-11-25T12:00:00Z', 11, { service: 'gpt-4o', state: 'released' });
  await booked(second.id, '2026-11-25T12:00:00Z', 100, { service: 'gpt-4o' });
  await world.query("update members set role = 'admin', medico_id = null where user_auth = $1", [
    first.doctor.sub,
  ]);
  const admin = asDoctor(first.doctor);
  const stats = await pricing.stats(admin, { period: 'day' });
  expect(stats).toMatchObject({ totalBrl: '0.000112', estimatedBrl: '0.000007' });
  expect(stats.byDoctor).toEqual(
    expect.arrayContaining([
      { doctor_id: first.doctor.medicoId, totalBrl: '0.000012', calls: 2 },
      { doctor_id: colleague.medicoId, totalBrl: '0.0001', calls: 1 },
    ]),
  );
  expect(stats.byService).toEqual([
    { service: 'gpt-4o', totalBrl: '0.000107', calls: 2 },
    { service: 'whisper', totalBrl: '0.000005', calls: 1 },
  ]);
  const narrow = { period: 'day', doctorId: colleague.medicoId, service: 'gpt-4o' } as const;
  expect((await pricing.stats(admin, narrow)).totalBrl).toBe('0.0001');
});

it('lists page by page without losing rows of one moment', async () => {
  const { id, doctor } = await world.aConsultation();
  for (let micros = 1; micros <= 7; micros++) await booked(id, '2026-11-25T12:00:00Z', micros);
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await pricing.list(asDoctor(doctor), { limit: 3, ...(after ? { after } : {}) });
    seen.push(...page.map((row) => row.id));
    after = page.length === 3 ? page.at(-1)?.id : undefined;
  } while (after);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

it('names the old figures behind the costs of a period: what was paid by the table, and what is in use', async () => {
  const { id, doctor } = await world.aConsultation();
  const stats = async (of: AiPricing) =>
    (await of.stats(asDoctor(doctor), { period: 'month' })).stalePrices?.map(({ name }) => name);
  // Booked by hand, or cost nothing: no price of the table stands behind it.
  await booked(id, '2026-11-25T14:00:00Z', 5);
  expect(await stats(pricing)).toEqual([]);
  await world.query(
    `insert into ai_pricing (consultation_id, service, model, price_version, cost_brl_micros, created_at)
     values ($1, 'gpt-4o', 'gpt-4o-2024-11-20', 'v', 5, '2026-11-25T14:00:00Z')`,
    [id],
  );
  expect(await stats(pricing)).toEqual(['gpt-4o-2024-11-20', 'BRL/USD']);
  const inUse = { models: ['text-embedding-3-small'], ownRate: true };
  const own = new AiPricing(db.database, { now: () => now }, inUse);
  expect(await stats(own)).toEqual(['text-embedding-3-small', 'gpt-4o-2024-11-20']);
  const { stalePrices } = await own.stats(asDoctor(doctor), { period: 'month' });
  expect(stalePrices?.[1]).toMatchObject({
    checkedAt: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    source: expect.stringMatching(/^https:/),
    ageDays: expect.any(Number),
  });
});
