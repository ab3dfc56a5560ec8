import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  changedColumns,
  readColumns,
  type ServiceRole,
  serviceGrants,
  serviceRoles,
} from './service-grants.ts';

let db: TestDatabase;
let owner: pg.Client;
let names: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>(`
    select format('%s.%s', n.nspname, t.relname) as name
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where t.relkind in ('r', 'p', 'v') and n.nspname in ('public', 'app', 'auth', 'auth_embedded')
    order by 1`);
  names = rows.map(({ name }) => name);
});
afterAll(async () => {
  await owner?.end();
  await db?.drop();
});

/** What PostgreSQL says that a role may do with a table, as letters. */
async function rightsOf(role: string, table: string): Promise<string> {
  const { rows } = await owner.query<{ letters: string }>(
    `select concat(
       case when has_any_column_privilege($1, $2, 'select') then 's' end,
       case when has_any_column_privilege($1, $2, 'insert') then 'i' end,
       case when has_table_privilege($1, $2, 'update') then 'u' end,
       case when has_table_privilege($1, $2, 'delete') or has_table_privilege($1, $2, 'truncate') then 'd' end,
       case when not has_table_privilege($1, $2, 'update') and has_any_column_privilege($1, $2, 'update')
         then 'c' end) as letters`,
    [role, table],
  );
  return rows[0]?.letters ?? '';
}

/** The columns of tables on which a role has a right for some of them only. */
async function columnsOf(role: string, right: 'select' | 'update') {
  const { rows } = await owner.query<{ name: string; columns: string[] }>(
    `select format('%s.%s', n.nspname, t.relname) as name,
       array_agg(a.attname::text order by a.attname::text collate "C") as columns
     from pg_class t
     join pg_namespace n on n.oid = t.relnamespace
     join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where format('%s.%s', n.nspname, t.relname) = any($2)
       and not has_table_privilege($1, t.oid, $3)
       and has_column_privilege($1, t.oid, a.attnum, $3)
     group by 1`,
    [role, names, right],
  );
  return Object.fromEntries(rows.map(({ columns, name }) => [name, columns]));
}

/** One statement that the role's service makes, and some that it has no business to make. */
const tries: Record<ServiceRole, { made: string; refused: readonly string[] }> = {
  medcall_ai: {
    made: 'select text from public.transcriptions',
    refused: [
      'select 1 from auth_embedded.users',
      'select 1 from public.notifications',
      'select 1 from public.recordings',
      'select cpf from public.patients',
      'select cancel_reason from public.consultations',
      'select raw_text from public.transcriptions',
      'select printed from public.notes',
      'select token_hash from public.invitations',
      'select ip from public.consents',
      "update public.notes set status = 'rascunho'",
      'delete from public.suggestions',
      "select app.enqueue('note.draft', gen_random_uuid())",
    ],
  },
  medcall_realtime: {
    made: "update public.consultations set status = 'IN_PROGRESS' where id is null",
    refused: [
      'select 1 from auth_embedded.users',
      'select 1 from public.patients',
      'select 1 from public.patient_health',
      'select 1 from public.notes',
      'select 1 from public.documents',
      'select 1 from public.invitations',
      'select 1 from public.audit_logs',
      'select signer_name from public.consents',
      'select email from public.medicos',
      'select name from public.members',
      'select cancel_reason from public.consultations',
      'update public.consultations set scheduled_at = now()',
      'insert into public.consents (consultation_id) values (gen_random_uuid())',
      "update public.suggestions set status = 'used'",
      'delete from public.transcriptions',
    ],
  },
  medcall_gateway: {
    made: 'select password_hash from auth_embedded.users',
    refused: [
      'select 1 from public.transcriptions',
      'select 1 from public.suggestions',
      'select 1 from public.recordings',
      'select 1 from public.audio_streams',
      'select 1 from public.voice_profiles',
      'select 1 from public.note_versions',
      'select sections from public.notes',
      'select phone from public.patients',
      'select cancel_reason from public.consultations',
      'update public.consultations set scheduled_at = now()',
      'select allergies from public.patient_health',
      'select text from public.note_addenda',
      'update public.notes set hash = null',
      'update public.audit_logs set action = action',
      'delete from public.audit_chain',
      'delete from app.job_outbox',
      'select sealed from public.notification_messages',
    ],
  },
  medcall_jobs: {
    made: 'select email from public.patients',
    refused: [
      'select cpf from public.patients',
      'select password_hash from auth_embedded.users',
      'select 1 from auth_embedded.sessions',
      'select secret_sealed from auth_embedded.mfa_factors',
      'select 1 from auth_embedded.recovery_codes',
      'select 1 from auth_embedded.signing_keys',
      'select 1 from public.transcriptions',
      'select 1 from public.patient_health',
      'select 1 from public.consents',
      'select 1 from public.audit_logs',
      'select 1 from public.recordings',
      'select facts from public.incidents',
      "update public.notes set sections = '{}'",
      "update public.consultations set status = 'CANCELLED'",
      'insert into public.patients (name) values (null)',
    ],
  },
};

describe.each(serviceRoles)('%s', (role) => {
  test('may do with each table what the list says, and nothing else', async () => {
    const seen: Record<string, string> = {};
    for (const table of names) {
      const letters = await rightsOf(role, table);
      if (letters !== '') seen[table] = letters;
    }
    console.log(`${role}: ${names.length} tables × select, insert, update, delete, lock`);
    expect(seen).toEqual(serviceGrants[role]);
  });

  test('reads and changes of some tables only the columns that the lists name', async () => {
    expect(await columnsOf(role, 'select')).toEqual(readColumns[role]);
    expect(await columnsOf(role, 'update')).toEqual(changedColumns[role]);
  });

  test('has a login that can take no other system role, and can do nothing by itself', async () => {
    const { made, refused } = tries[role];
    await owner.query(`set session authorization ${role}_app`);
    try {
      await expect(owner.query(made)).rejects.toMatchObject({ code: '42501' });
      for (const other of ['service_role', ...serviceRoles.filter((one) => one !== role)]) {
        await expect(owner.query(`set role ${other}`), other).rejects.toMatchObject({
          code: '42501',
        });
      }
      await owner.query(`set role ${role}`);
      await owner.query(made);
      for (const statement of refused) {
        await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await owner.query('reset role');
      await owner.query('reset session authorization');
    }
  });
});

test('pg-boss’s schema is the worker’s: nobody else makes tables there', async () => {
  const { rows } = await owner.query<{ role: string; may: boolean }>(
    `select role, has_schema_privilege(role, 'pgboss', 'create') as may
     from unnest($1::text[]) as role order by role`,
    [serviceRoles],
  );
  expect(rows.filter(({ may }) => may).map(({ role }) => role)).toEqual(['medcall_jobs']);
});
