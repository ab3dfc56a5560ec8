import { systemClock } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CapSignals } from '../engines/cap-signals.ts';
import { CostMeter } from './cost-meter.ts';

let db: TestDatabase;
let world: World;
let caps: CapSignals;
let meter: CostMeter;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  caps = new CapSignals();
  meter = new CostMeter({
    database: db.database,
    broadcaster: { toRoles: () => undefined },
    clock: systemClock,
    caps,
  });
});
afterAll(async () => {
  await world?.close();
  await db?.drop();
});

async function spent(consultationId: string, micros: number) {
  await world.query(
    "insert into ai_pricing (consultation_id, service, cost_brl_micros) values ($1, 'whisper', $2)",
    [consultationId, micros],
  );
}

it('says ok, near and stopped as the money of a consultation ends', async () => {
  const { id, roomId } = await world.aConsultation();
  const room = { roomId, consultationId: id };
  expect(await meter.read(room)).toEqual({ roomId, spentBrl: 0, capBrl: null, state: 'ok' });
  await world.query('update consultations set cost_cap_brl = 1 where id = $1', [id]);
  await spent(id, 790_000);
  expect(await meter.read(room)).toEqual({ roomId, spentBrl: 0.79, capBrl: 1, state: 'ok' });
  await spent(id, 10_000);
  expect((await meter.read(room)).state).toBe('near');
  await spent(id, 200_000);
  expect((await meter.read(room)).state).toBe('stopped');
});

it('ends with the clinic’s month, whatever the consultation itself may spend', async () => {
  const { doctor, id, roomId } = await world.aConsultation();
  const other = await world.aConsultation({ doctor });
  await world.query('update clinicas set ai_cap_brl_month = 2 where id = $1', [doctor.clinicaId]);
  const room = { roomId, consultationId: id };
  await spent(other.id, 1_600_000);
  expect(await meter.read(room)).toEqual({ roomId, spentBrl: 0, capBrl: null, state: 'near' });
  await spent(other.id, 400_000);
  expect((await meter.read(room)).state).toBe('stopped');
});

it('is stopped while any paid engine is kept from working, though a little is left', async () => {
  const { id, roomId } = await world.aConsultation();
  const room = { roomId, consultationId: id };
  caps.refused(roomId, 'language');
  caps.granted(roomId, 'speech');
  expect((await meter.read(room)).state).toBe('stopped');
  caps.granted(roomId, 'language');
  expect((await meter.read(room)).state).toBe('ok');
});
