import { createDatabase, createLogger, type Database } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type TestDoctor, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namesInConsultation } from './privacy/people.ts';
import { findConsultation } from './suggestion-store.ts';

let base: TestDatabase;
let world: World;
let database: Database;

beforeAll(async () => {
  base = await createTestDatabase();
  world = await createWorld(base.ownerUrl);
  database = createDatabase({
    url: base.appUrl,
    applicationName: 'joined-cards-test',
    systemRole: 'medcall_ai',
    poolSize: 2,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
});
afterAll(async () => {
  await database?.close();
  await world?.close();
  await base?.drop();
});

async function aCard(doctor: TestDoctor, name: string): Promise<string> {
  const [row] = await world.query<{ id: string }>(
    'insert into patients (clinica_id, name) values ($1, $2) returning id',
    [doctor.clinicaId, name],
  );
  return row?.id ?? '';
}
const join = (kept: string, merged: string) =>
  world.query('update patients set merged_into = $1, active = false where id = $2', [kept, merged]);

/** A consultation under a card that was joined to another. */
async function aJoinedPatient() {
  const room = await world.aConsultation();
  const kept = await aCard(room.doctor, 'Nome Que Ficou');
  await join(kept, room.patientId);
  return { room, kept };
}

describe('a consultation under a joined card', () => {
  it('hides every name of the person and of who answers for him, under all of their cards', async () => {
    const { room, kept } = await aJoinedPatient();
    const twin = await aCard(room.doctor, 'Terceira Ficha');
    await join(kept, twin);
    const [mother, motherBefore] = [
      await aCard(room.doctor, 'Mãe De Agora'),
      await aCard(room.doctor, 'Mãe De Solteira'),
    ];
    await join(mother, motherBefore);
    await world.query(
      'insert into patient_guardians (patient_id, guardian_id, clinica_id) values ($1, $2, $3)',
      [twin, motherBefore, room.doctor.clinicaId],
    );
    await aCard(room.doctor, 'Ninguém Da Consulta');
    expect([...(await namesInConsultation(database, room.id))].sort()).toEqual([
      'Dra. Teste',
      'Mãe De Agora',
      'Mãe De Solteira',
      'Nome Que Ficou',
      'Paciente de Teste',
      'Terceira Ficha',
    ]);
  });

  it('has age and sex of the card that stands, and of the joined one what that lacks', async () => {
    const { room, kept } = await aJoinedPatient();
    const born = async (id: string, years: number | null, sex: string | null) =>
      world.query(
        `update patients set sex = $2,
           birth_date = current_date - make_interval(years => $3::int) - interval '1 day' where id = $1`,
        [id, sex, years],
      );
    const patient = async () =>
      (
        await database.asSystem('test', (trx) => findConsultation(trx, room.roomId), {
          readOnly: true,
        })
      )?.patient;
    await born(room.patientId, 9, 'M');
    expect(await patient()).toEqual({ ageYears: 9, sex: 'M' });
    await born(kept, 41, 'F');
    expect(await patient()).toEqual({ ageYears: 41, sex: 'F' });
  });
});
