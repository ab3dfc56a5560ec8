import { createHash, randomUUID } from 'node:crypto';
import { placeOf, placesOfTables } from '@medcall/service-kit/database/table-places';
import { dataRequest } from '@medcall/shared-types';
import { strFromU8, unzipSync } from 'fflate';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerOf } from '../../testing/owner-client.ts';
import { otherTables, personalTables } from '../../testing/personal-data.ts';
import { type TwoClinics, twoClinics } from '../../testing/two-clinics.ts';
import { aPatient, type TestPatient } from '../../testing/world.ts';

let world: TwoClinics;
let owner: pg.Client;

beforeAll(async () => {
  world = await twoClinics();
  owner = await ownerOf(world.gateway);
  // Any words in any column: rules about their form are not the matter here.
  await owner.query('set session_replication_role = replica');
  const { rows } = await owner.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
     from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
     where contype = 'c' and n.nspname in (${placesOfTables}) and t.relname::text = any ($1)`,
    [Object.keys(personalTables).map((table) => table.replace('public.', ''))],
  );
  for (const { drop } of rows) await owner.query(drop);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

interface Column {
  table: string;
  column: string;
  type: string;
}

/** Columns that can hold words, addresses, dates of birth or sounds. */
async function wordyColumns(): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    // By the old name, wherever the table stands.
    `select case when table_schema in (${placesOfTables}) then 'public' else table_schema end
         || '.' || table_name as table, column_name as column, udt_name as type
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and table_schema in (${placesOfTables}, 'app', 'auth_embedded')
       and (udt_name in ('text', 'varchar', 'citext', 'json', 'jsonb', 'inet', 'bytea')
         or c.data_type = 'ARRAY' or (udt_name = 'date' and column_name like '%birth%'))
     order by 1, 2`,
  );
  return rows;
}

const canary = (table: string, column: string) => `canario-${table.slice(7)}-${column}`;

/** A value that is found again, in the form of its column. */
function valueFor({ table, column, type }: Column): unknown {
  const words = canary(table, column);
  if (type === 'inet') return '203.0.113.77';
  if (type === 'date') return '1901-02-03';
  if (type === 'bytea') return createHash('sha256').update(words).digest();
  if (type === '_float4') return [77.125];
  if (type === '_text') return [words];
  if (type !== 'jsonb') return words;
  if (column === 'sections') {
    const sentence = { id: randomUUID(), text: words, origin: 'doctor', transcription_ids: [] };
    return JSON.stringify({ subjetivo: [sentence], objetivo: [], avaliacao: [], plano: [] });
  }
  if (column === 'content') return JSON.stringify({ text: words });
  if (column === 'cid10' || column === 'ciap2')
    return JSON.stringify([{ code: 'R51', label: words }]);
  return JSON.stringify({ words });
}

/** How the value reads in a row's text, and in the export. */
function trace(column: Column): string {
  const value = valueFor(column);
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (column.type === '_float4') return '77.125';
  if (column.type === 'inet' || column.type === 'date') return String(value);
  return canary(column.table, column.column);
}

async function plant(patientId: string, planted: readonly Column[]): Promise<void> {
  for (const one of planted) {
    const { of } = personalTables[one.table] ?? { of: 'false' };
    const { rowCount } = await owner.query(
      `update ${one.table} set ${one.column} = $2 where ${of}`,
      [patientId, valueFor(one)],
    );
    // A table in which nothing was planted would prove nothing.
    expect(rowCount, `${one.table} has a row of this patient`).toBeGreaterThan(0);
  }
}

async function columnsOf(kind: 'erasable' | 'kept'): Promise<Column[]> {
  const all = await wordyColumns();
  return all.filter(({ table, column }) => personalTables[table]?.[kind]?.includes(column));
}

/** A person who was booked, invited, written to, and never seen. */
async function aNeverTreated(): Promise<{ patient: TestPatient; consultationId: string }> {
  const patient = await aPatient(world.gateway, world.clinic, 'Nunca Atendida');
  const { id } = await world.aConsultation({ patient_id: patient.id });
  const invited = await world.anInvitation(id);
  await invited.api('POST', `/api/consultations/${id}/consents`, { type: 'care', accepted: true });
  await owner.query(
    "insert into participants (consultation_id, sub, role, name) values ($1, 'x', 'patient', 'x')",
    [id],
  );
  for (const status of ['queued', 'sending', 'sent', 'unknown']) {
    await owner.query(
      `with made as (
         insert into notifications (clinica_id, consultation_id, patient_id, channel, kind, status)
         values ($1, $2, $3, 'email', 'test.' || $4, $4) returning id)
       insert into notification_messages (notification_id, sealed) select id, 'x' from made`,
      [world.clinic.id, id, patient.id, status],
    );
  }
  await owner.query(
    `insert into booking_requests
       (clinica_id, doctor_id, starts_at, type, person_hash, email_hash, expires_at, consultation_id)
     select clinica_id, doctor_id, now(), 'ONLINE', 'x', 'x', now(), id from consultations where id = $1`,
    [id],
  );
  await owner.query(
    `insert into voice_pieces (utterance_id, consultation_id, stream_id, start_ms, end_ms, features, model)
     values (gen_random_uuid(), $1, gen_random_uuid(), 0, 1, '{1}', 'x')`,
    [id],
  );
  await owner.query(
    `insert into private_notes (consultation_id, doctor_id, text)
     select id, doctor_id, 'x' from consultations where id = $1`,
    [id],
  );
  await invited.api('POST', `/api/consultations/${id}/waiting-messages`, { text: 'x' });
  const mother = await aPatient(world.gateway, world.clinic, 'Mãe Responsável');
  await world.admin('PUT', `/api/patients/${patient.id}/guardians/${mother.id}`, {});
  await world.admin('POST', '/api/data-requests', { patient_id: patient.id, kind: 'correction' });
  return { patient, consultationId: id };
}

describe('data of a patient', () => {
  it('is known by column: a new one must be put into the list', async () => {
    const known = Object.entries(personalTables).flatMap(([table, facts]) =>
      [...(facts.erasable ?? []), ...(facts.kept ?? []), ...(facts.codes ?? [])].map(
        (column) => `${table}.${column}`,
      ),
    );
    const there = await wordyColumns();
    const ofPatients = there.filter(({ table }) => !(table in otherTables));
    expect(ofPatients.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
      known.sort(),
    );
    const tables = new Set(there.map(({ table }) => table));
    for (const table of Object.keys(otherTables)) {
      if (table.startsWith('public.') && table !== 'public.availability') {
        expect(tables, table).toContain(table);
      }
    }
  });

  it('never treated: after the erasure none of it is left in any table', async () => {
    const { patient } = await aNeverTreated();
    const request = dataRequest.parse(
      (
        await world.admin('POST', '/api/data-requests', {
          patient_id: patient.id,
          kind: 'erasure',
        })
      ).body,
    );
    const planted = await columnsOf('erasable');
    await plant(patient.id, planted);
    const answer = await world.admin('POST', `/api/data-requests/${request.id}/erase`);
    expect(answer.status, answer.text).toBe(200);
    const found: string[] = [];
    for (const table of new Set((await wordyColumns()).map((one) => one.table))) {
      const { rows } = await owner.query<{ line: string }>(
        `select t::text as line from ${table} t`,
      );
      for (const { line } of rows) {
        for (const one of planted) {
          if (line.includes(trace(one))) found.push(`${one.table}.${one.column} in ${table}`);
        }
      }
    }
    expect(found).toEqual([]);
    const { rows } = await owner.query(
      'select distinct status from notifications where patient_id = $1 order by 1',
      [patient.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(['cancelled', 'sending', 'sent', 'unknown']);
  });

  it('erasure and its audit row commit together', async () => {
    const { patient } = await aNeverTreated();
    const { body } = await world.admin('POST', '/api/data-requests', {
      patient_id: patient.id,
      kind: 'erasure',
    });
    const refuse = `create function refuse_erase() returns trigger language plpgsql as
      $$ begin if new.action = 'data_request.erase' then raise exception 'no'; end if; return new; end $$`;
    await owner.query(refuse);
    await owner.query(
      `create trigger refuse_erase before insert on ${await placeOf(owner, 'audit_logs')} for each row execute function refuse_erase()`,
    );
    const refused = await world.admin('POST', `/api/data-requests/${body.id}/erase`);
    expect(refused.status).toBe(500);
    const card = await owner.query('select name from patients where id = $1', [patient.id]);
    expect(card.rows[0].name).toBe(patient.name);
    await owner.query(`drop trigger refuse_erase on ${await placeOf(owner, 'audit_logs')}`);
    expect((await world.admin('POST', `/api/data-requests/${body.id}/erase`)).status).toBe(200);
    const { rows } = await owner.query(
      "select user_id, actor_kind, clinica_id from audit_logs where action = 'data_request.erase' and record_id = $1",
      [body.id],
    );
    expect(rows).toEqual([
      { user_id: world.clinic.admin.sub, actor_kind: 'admin', clinica_id: world.clinic.id },
    ]);
  });

  it('is handed out whole: every column that is not withheld with a reason is in the export', async () => {
    const { patient, consultationId } = await aNeverTreated();
    const root = `/api/consultations/${consultationId}`;
    await owner.query(
      'insert into patient_health (patient_id, clinica_id) values ($1, $2) on conflict do nothing',
      [patient.id, world.clinic.id],
    );
    await owner.query(
      `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
       select room_id, 'PACIENTE', 'x', now(), 0, 900 from consultations where id = $1`,
      [consultationId],
    );
    await owner.query(
      "insert into suggestions (room_id, question) select room_id, 'x' from consultations where id = $1",
      [consultationId],
    );
    await world.doctor('PUT', `${root}/note`, { sections: { plano: [{ text: 'x' }] } });
    await world.doctor('POST', `${root}/note/sign`, {});
    await world.doctor('POST', `${root}/note/addenda`, { text: 'x' });
    const document = await world.doctor('POST', `${root}/documents`, {
      kind: 'instructions',
      content: { text: 'x' },
    });
    await world.doctor('POST', `${root}/documents/${document.body.id}/approve`);
    const planted = [...(await columnsOf('erasable')), ...(await columnsOf('kept'))];
    await plant(patient.id, planted);
    const { text, status } = await world.doctor(
      'GET',
      `/api/patients/${patient.id}/export?format=json`,
    );
    expect(status).toBe(200);
    const reasons = (one: Column) => personalTables[one.table]?.withheld?.[one.column];
    const missing = planted.filter((one) => !reasons(one) && !text.includes(trace(one)));
    expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
    // Withheld means withheld. An address or a date may stand in the answer for another column's sake.
    const leaked = planted.filter(
      (one) => reasons(one) && one.type !== 'inet' && text.includes(trace(one)),
    );
    expect(leaked.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
    const zip = await world.doctor('GET', `/api/patients/${patient.id}/export?format=zip`);
    if (zip.status === 200) {
      const json = strFromU8(unzipSync(zip.bytes)['dados.json'] ?? new Uint8Array());
      expect(json).toContain(canary('public.patients', 'name'));
    }
  });
});
