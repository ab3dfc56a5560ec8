import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { createWorld, type World } from '../testing/world.ts';
import { type CostLedger, createCostLedger } from './ledger.ts';

let db: TestDatabase;
let world: World;
let ledger: CostLedger;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  ledger = createCostLedger(db.database);
});
afterAll(async () => {
  await world.close();
  await db.drop();
});

async function aConsultation(options: Parameters<World['aConsultation']>[0] = {}) {
  const consultation = await world.aConsultation(options);
  await world.aConsent(consultation, 'ai');
  return consultation;
}

let calls = 0;
const call = (consultationId: string, micros: number) => ({
  consultationId,
  service: 'whisper' as const,
  model: 'whisper',
  upperBoundMicros: micros,
  seconds: 3,
  idempotencyKey: `call-${calls++}`,
});

describe('cost ledger', () => {
  it('grants parallel calls up to the cap of the consultation and no further', async () => {
    const { id } = await aConsultation();
    await world.query("update consultations set cost_cap_brl = '0.05' where id = $1", [id]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ledger.reserve(call(id, 10_000))),
    );
    expect(answers.filter((answer) => answer.granted)).toHaveLength(5);
    expect(answers.find((answer) => !answer.granted)).toMatchObject({
      reason: 'consultation_cap',
    });
    expect(await ledger.spending(id)).toEqual({
      spentMicros: 50_000,
      capMicros: 50_000,
      month: null,
    });
  });

  it('books what a call cost, gives back what it did not, and keeps what a crash left open', async () => {
    const { id } = await aConsultation();
    const [a, b, c] = await Promise.all([
      ledger.reserve(call(id, 1000)),
      ledger.reserve(call(id, 1000)),
      ledger.reserve(call(id, 1000)),
    ]);
    if (!a.granted || !b.granted || !c.granted) throw new Error('not granted');
    await ledger.settle(a.id, { micros: 700 });
    await ledger.settle(a.id, { micros: 1 });
    await ledger.release(b.id);
    expect((await ledger.spending(id)).spentMicros).toBe(1700);
  });

  it('books what a clinic pays itself under the same month, without any consent', async () => {
    const doctor = await world.aDoctor();
    const { id } = await aConsultation({ doctor });
    const own = (micros: number) => ({
      clinicaId: doctor.clinicaId,
      service: 'embedding' as const,
      model: 'text-embedding-3-small',
      upperBoundMicros: micros,
      idempotencyKey: `call-${calls++}`,
    });
    await world.query("update clinicas set ai_cap_brl_month = '0.03' where id = $1", [
      doctor.clinicaId,
    ]);
    const first = await ledger.reserve(own(15_000));
    expect(await ledger.reserve(call(id, 20_000))).toEqual({
      granted: false,
      reason: 'clinic_cap',
    });
    expect((await ledger.reserve(call(id, 10_000))).granted).toBe(true);
    expect(await ledger.reserve(own(10_000))).toEqual({ granted: false, reason: 'clinic_cap' });
    if (!first.granted) throw new Error('not granted');
    await ledger.settle(first.id, { micros: 5_000 });
    const again = await Promise.all([ledger.reserve(own(10_000)), ledger.reserve(own(10_000))]);
    expect(again.filter((answer) => answer.granted)).toHaveLength(1);
    expect((await ledger.spending(id)).month?.spentMicros).toBe(25_000);
  });

  it('holds the monthly cap of the clinic over all its consultations', async () => {
    const doctor = await world.aDoctor();
    await world.query("update clinicas set ai_cap_brl_month = '0.03' where id = $1", [
      doctor.clinicaId,
    ]);
    const first = await aConsultation({ doctor });
    const second = await aConsultation({ doctor });
    const wishes = [first, second, first, second, first];
    const answers = await Promise.all(wishes.map(({ id }) => ledger.reserve(call(id, 10_000))));
    const granted = wishes.filter((_, i) => answers[i]?.granted);
    expect(granted).toHaveLength(3);
    expect(answers.find((answer) => !answer.granted)).toMatchObject({ reason: 'clinic_cap' });
    expect(await ledger.spending(second.id)).toEqual({
      // Which of the calls come first is nobody's promise.
      spentMicros: granted.filter(({ id }) => id === second.id).length * 10_000,
      capMicros: null,
      month: { spentMicros: 30_000, capMicros: 30_000 },
    });
  });

  it('reserves once for one key', async () => {
    const { id } = await aConsultation();
    const wish = call(id, 500);
    const [a, b] = [await ledger.reserve(wish), await ledger.reserve(wish)];
    expect(a).toEqual(b);
    expect((await ledger.spending(id)).spentMicros).toBe(500);
  });

  it('reserves once for one key that is used at once, and never again once it is settled', async () => {
    const { id } = await aConsultation();
    const wish = call(id, 500);
    const [a, b] = await Promise.all([ledger.reserve(wish), ledger.reserve(wish)]);
    expect(a).toEqual(b);
    if (!a.granted) throw new Error('not granted');
    await ledger.settle(a.id, { micros: 400 });
    await expect(ledger.reserve(wish)).rejects.toMatchObject({ code: 'conflict' });
    expect((await ledger.spending(id)).spentMicros).toBe(400);
  });

  it.each([
    ['the switch is off', { aiEnabled: false, consents: [true] }],
    ['nobody was asked', { aiEnabled: true, consents: [] }],
    ['consent was refused', { aiEnabled: true, consents: [false] }],
    ['consent was withdrawn', { aiEnabled: true, consents: [true, false] }],
  ])('grants nothing when %s', async (_, { aiEnabled, consents }) => {
    const consultation = await world.aConsultation({ aiEnabled });
    for (const accepted of consents) await world.aConsent(consultation, 'ai', accepted);
    expect(await ledger.reserve(call(consultation.id, 100))).toEqual({
      granted: false,
      reason: 'ai_off',
    });
    expect((await ledger.spending(consultation.id)).spentMicros).toBe(0);
  });
});
