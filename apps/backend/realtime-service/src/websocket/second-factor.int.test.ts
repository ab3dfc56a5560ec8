import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../testing/client.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

let db: TestDatabase;
let world: World;
let service: TestService;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db.ownerUrl);
  service = await startTestService({ appUrl: db.appUrl, env: { RIGHTS_CHECK_MS: '200' } });
});
afterAll(async () => {
  await service?.stop();
  await world?.close();
  await db?.drop();
});

const hourSeconds = 3600;

/** A doctor whose session was opened 14 hours ago, in a consultation that began so many hours ago. */
async function inTheRoom(begunHoursAgo: number) {
  const consultation = await world.aConsultation();
  const { doctor, id, roomId } = consultation;
  await world.query(
    `update consultations set status = 'IN_PROGRESS', started_at = now() - make_interval(mins => $2)
     where id = $1`,
    [id, begunHoursAgo * 60],
  );
  const timestamp = Math.floor(Date.now() / 1000) - 14 * hourSeconds;
  const session = { aal: 'aal1', amr: [{ method: 'password', timestamp }] };
  const socket = await service.connect(await service.tokens.forDoctor(doctor, '15m', session));
  const ended = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  const join = () =>
    ask(socket, 'join-room', {
      roomId,
      userId: doctor.sub,
      userName: 'Dra. Teste',
      role: 'doctor',
    });
  expect(await join()).toMatchObject({ ok: true });
  return { ended, id, join, socket };
}

it('a rule of before thirteen hours ends no call that was begun within its twelve, and then the session with it', async () => {
  // Looked at in the order in which they came: when the second is out, the first was asked and stayed.
  const within = await inTheRoom(2);
  const after = await inTheRoom(0.5);
  await world.query("update clinicas set second_factor_since = now() - interval '13 hours'");
  expect(await after.ended).toBe('io server disconnect');
  expect(within.socket.connected).toBe(true);
  expect(await within.join()).toMatchObject({ ok: true });
  await world.query(
    "update consultations set status = 'COMPLETED', ended_at = now() where id = $1",
    [within.id],
  );
  expect(await within.ended).toBe('io server disconnect');
});
