import type pg from 'pg';
import { idOf, invitationOf, scopeNames, scopes, subs } from './scopes.ts';
import { type Row, tables } from './tables.ts';

/** Two clinics with one row of every table per scope, written by the owner. */
export async function buildWorld(client: pg.Client): Promise<void> {
  const written = new Set<string>();
  const insertOnce = async (table: string, row: Row) => {
    const key = `${table}:${JSON.stringify(row)}`;
    if (written.has(key)) return;
    written.add(key);
    await insert(client, table, row);
  };

  const users = [...Object.values(subs), ...scopeNames.map((name) => scopes[name].doctorUser)];
  for (const id of new Set(users)) await insertOnce('auth.users', { id });
  for (const spec of tables) {
    // The booking of the line before has made it.
    if (spec.table === 'care_relations') continue;
    for (const name of spec.scopes ?? scopeNames)
      await insertOnce(spec.table, spec.row(scopes[name]));
    if (spec.table === 'patients') await insertStrangers(insertOnce);
    if (spec.table === 'consultations') await insertBareConsultations(insertOnce);
    if (spec.table === 'members') await insertOthersOfTheClinic(insertOnce);
    if (spec.table === 'invitations') await insertTokens(insertOnce);
  }
}

type Insert = (table: string, row: Row) => Promise<void>;

async function insertStrangers(insertOnce: Insert): Promise<void> {
  for (const name of scopeNames) {
    const { stranger, clinic } = scopes[name];
    await insertOnce('patients', { id: stranger, clinica_id: clinic, name: 'Sem vínculo' });
  }
}

async function insertBareConsultations(insertOnce: Insert): Promise<void> {
  for (const name of scopeNames) {
    const scope = scopes[name];
    await insertOnce('consultations', {
      id: scope.bare,
      clinica_id: scope.clinic,
      patient_id: scope.patient,
      doctor_id: scope.doctor,
      room_id: scope.bareRoom,
      type: 'PRESENCIAL',
    });
  }
}

async function insertOthersOfTheClinic(insertOnce: Insert): Promise<void> {
  const clinica_id = scopes.own.clinic;
  await insertOnce('members', {
    user_auth: subs.admin,
    clinica_id,
    role: 'admin',
    name: 'Administração',
  });
  const removed = idOf('removed-doctor');
  await insertOnce('medicos', {
    id: removed,
    user_auth: subs.removed,
    nome: 'Saiu',
    crm: '5555/SP',
    clinica_id,
  });
  await insertOnce('members', {
    user_auth: subs.removed,
    clinica_id,
    role: 'medico',
    medico_id: removed,
    name: 'Saiu',
    active: false,
  });
}

async function insertTokens(insertOnce: Insert): Promise<void> {
  for (const kind of ['patient', 'guest', 'documents'] as const) {
    await insertOnce('invitations', {
      id: invitationOf(kind),
      consultation_id: scopes.own.consultation,
      kind,
      participant_sub: subs[kind],
      token_hash: Buffer.alloc(32, kind),
      expires_at: '2999-01-01T00:00Z',
    });
  }
}

export async function insert(client: pg.Client, table: string, row: Row): Promise<number> {
  const columns = Object.keys(row).filter((column) => row[column] !== undefined);
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const result = await client.query(
    `insert into ${table} (${columns.join(', ')}) values (${places})`,
    columns.map((column) => row[column]),
  );
  return result.rowCount ?? 0;
}
