import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { dumpSchema } from '../tools/dump-schema.ts';
import { aClinic, aConsultation, aDoctor, type Doctor } from './builders.ts';

// The optional layout of database/optional: tables in schemas of their services, old names as views.

let db: TestDatabase;
let owner: pg.Client;
let before: string;
let doctor: Doctor;
let foreigner: Doctor;

const apply = async (name: string) => {
  const file = new URL(`../optional/${name}.sql`, import.meta.url);
  await owner.query(`begin; ${await readFile(file, 'utf8')}; commit`);
};
const moved = [
  'clinicas',
  'audit_logs',
  'sessions',
  'recordings',
  'transcriptions',
  'suggestions',
  'ai_pricing',
];

/** Each right of each role on the old names, by column. */
async function rightsOfOldNames(): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(
    `select format('%s %s %s.%s', r.rolname, v.verb, t.relname, a.attname) as line
     from pg_class t
     join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     cross join (values ('select'), ('insert'), ('update')) as v (verb)
     cross join pg_roles r
     where t.relnamespace = 'public'::regnamespace and t.relname = any ($1)
       and (r.rolname like 'medcall%' or r.rolname in ('anon', 'authenticated', 'service_role'))
       and has_column_privilege(r.rolname, t.oid, a.attnum, v.verb)
     order by 1`,
    [moved],
  );
  return rows.map(({ line }) => line);
}

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  doctor = await aDoctor(db, await aClinic(db));
  foreigner = await aDoctor(db, await aClinic(db));
  before = await dumpSchema(db.ownerUrl);
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
});

// On a run that has the other layout from the start there is nothing to move.
test.runIf(inject('testPostgres').layout === 'one-schema')(
  'the old names serve as before: rights, policies, upserts, locks and history; and it is taken back whole',
  async () => {
    const earlier = await aConsultation(db, doctor);
    const rights = await rightsOfOldNames();
    await apply('schema-per-service');
    const { rows: places } = await owner.query<{ place: string }>(
      `select format('%s.%s', n.nspname, t.relname) as place
     from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where t.relkind = 'r' and t.relname = any ($1) and n.nspname <> 'auth_embedded' order by 1`,
      [moved],
    );
    expect(places.map(({ place }) => place)).toEqual([
      'ai.ai_pricing',
      'ai.suggestions',
      'gateway.audit_logs',
      'gateway.clinicas',
      'realtime.recordings',
      'realtime.sessions',
      'realtime.transcriptions',
    ]);
    expect(await rightsOfOldNames()).toEqual(rights);

    const room = await db.database.asSystem('test', async (trx) => {
      const { room_id } = await trx
        .selectFrom('consultations')
        .select('room_id')
        .where('id', '=', earlier.id)
        .executeTakeFirstOrThrow();
      const words = {
        room_id,
        speaker: 'MEDICO',
        timestamp: new Date(),
        start_ms: 0,
        end_ms: 900,
      } as const;
      const { id } = await trx
        .insertInto('transcriptions')
        .values({ ...words, text: 'bom dia' })
        .returning('id')
        .executeTakeFirstOrThrow();
      // A better text of the same utterance, as the realtime service writes it.
      await trx
        .insertInto('transcriptions')
        .values({ ...words, id, text: 'boa tarde' })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet((set) => ({ text: set.ref('excluded.text'), revision: 1 })),
        )
        .execute();
      await trx
        .selectFrom('clinicas')
        .select('id')
        .where('id', '=', doctor.clinic.id)
        .forNoKeyUpdate()
        .execute();
      await trx
        .insertInto('sessions')
        .values({ consultation_id: earlier.id, room_id, kind: 'ONLINE' })
        .onConflict((conflict) =>
          conflict.column('consultation_id').where('status', '=', 'ACTIVE').doNothing(),
        )
        .execute();
      return room_id;
    });
    const heardBy = (who: Doctor) =>
      db.database.asUser(who.caller, (trx) =>
        trx
          .selectFrom('transcriptions')
          .select(['text', 'revision'])
          .where('room_id', '=', room)
          .execute(),
      );
    expect(await heardBy(doctor)).toEqual([{ text: 'boa tarde', revision: 1 }]);
    expect(await heardBy(foreigner)).toEqual([]);
    // A role that has some columns by the old name has those, and cannot name the table in its new place.
    const asEngine = async (statement: string) => {
      await owner.query('begin; set local role medcall_ai');
      try {
        return await owner.query(statement);
      } finally {
        await owner.query('rollback');
      }
    };
    expect((await asEngine('select text from transcriptions')).rows).toEqual([
      { text: 'boa tarde' },
    ]);
    for (const refused of ['raw_text from transcriptions', 'text from realtime.transcriptions']) {
      await expect(asEngine(`select ${refused}`), refused).rejects.toMatchObject({ code: '42501' });
    }
    // What is history stays so, whoever asks.
    await owner.query("select app.audit('patient.read')");
    await expect(owner.query('delete from public.transcriptions')).rejects.toThrow();
    await expect(owner.query("update public.audit_logs set action = 'x'")).rejects.toThrow();
    // Functions, triggers and foreign keys find their tables.
    await aConsultation(db, doctor);

    await apply('schema-per-service-undo');
    expect(await dumpSchema(db.ownerUrl)).toBe(before);
    expect(await heardBy(doctor)).toEqual([{ text: 'boa tarde', revision: 1 }]);
  },
);
