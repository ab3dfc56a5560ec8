import { AppError, type Database, type DB, notFound, type Trx } from '@medcall/service-kit';
import type {
  AuditAction,
  CareRelation,
  CreatePatient,
  ListPatientsQuery,
  Patient,
  PatientCard,
  UpdatePatient,
} from '@medcall/shared-types';
import { parseCpf } from '@medcall/utils';
import { type Selectable, sql } from 'kysely';
import { auditCall, type Calling } from './calling.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Member } from './members.ts';
import { cardColumns, cardView } from './patient-card.ts';
import { guardiansOf } from './patient-guardians.ts';
import { healthOf, updateHealth } from './patient-health.ts';
import { mustStand } from './same-person.ts';

/** The people whom a clinic treats: their card for every member, their health for who cares for them. */
export interface Patients {
  search(calling: Calling, query: ListPatientsQuery): Promise<Page<PatientCard>>;
  create(calling: Calling, member: Member, wanted: CreatePatient): Promise<Patient>;
  get(calling: Calling, id: string): Promise<Patient>;
  update(calling: Calling, id: string, changes: UpdatePatient): Promise<Patient>;
  /** @returns the relation, new or taken up again */
  relate(
    calling: Calling,
    member: Member,
    patientId: string,
    reason: string,
  ): Promise<CareRelation>;
}

export function createPatients(db: Database): Patients {
  return {
    search: (calling, query) =>
      db.asUser(calling.caller, (trx) => search(trx, query), { readOnly: true }),

    create: (calling, member, wanted) =>
      db.asUser(calling.caller, async (trx) => {
        const cpf = validCpf(wanted.cpf);
        const inserted = await trx
          .insertInto('patients')
          .values({
            ...cardOf(wanted),
            name: wanted.name,
            cpf,
            clinica_id: member.clinicaId,
            doctor_id: member.medicoId,
          })
          .onConflict((conflict) => conflict.columns(['clinica_id', 'cpf']).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!inserted) throw await cpfTaken(trx, cpf);
        await auditPatient(trx, calling, 'patient.create', inserted.id);
        return find(trx, inserted.id);
      }),

    get: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const found = await find(trx, id);
        await auditPatient(trx, calling, 'patient.read', id);
        return found;
      }),

    update: (calling, id, changes) =>
      db.asUser(calling.caller, async (trx) => {
        const before = await find(trx, id);
        await mustStand(trx, id);
        await updateCard(trx, before, changes);
        await updateHealth(trx, before, changes);
        const columns = Object.keys(changes).map((column) => [column, 'changed']);
        await auditPatient(trx, calling, 'patient.update', id, Object.fromEntries(columns));
        return find(trx, id);
      }),

    relate: (calling, member, patientId, reason) =>
      db.asUser(calling.caller, async (trx) => {
        if (member.medicoId === null) throw new AppError('forbidden');
        const patient = await find(trx, patientId);
        const { rows } = await sql<Selectable<DB['care_relations']>>`
          select * from app.state_care(${patient.id}::uuid, ${reason})`.execute(trx);
        const [relation] = rows;
        if (!relation) throw notFound();
        const { doctor_id, patient_id, since, origin } = relation;
        return {
          doctor_id,
          patient_id,
          since: since.toISOString(),
          reason: relation.reason,
          origin,
        };
      }),
  };
}

/** How alike two names must be to be offered for a mistyped one (word_similarity of pg_trgm). */
const alikeEnough = 0.45;

async function search(trx: Trx, query: ListPatientsQuery): Promise<Page<PatientCard>> {
  let wanted = trx
    .selectFrom('patients as p')
    .select(cardColumns)
    .where('p.active', '=', true)
    .limit(query.limit + 1);
  const text = query.search?.trim() ?? '';
  if (text !== '') {
    // By likeness, best first: such a list has no second page. What only a joined card says finds the one
    // that stands.
    const rows = await wanted
      .innerJoin('patients as known', (join) =>
        join.on(
          sql<boolean>`p.id = case when known.merged_into is null then known.id
            else app.person_of(known.id) end`,
        ),
      )
      .where(matches(text))
      .groupBy('p.id')
      .orderBy(sql`max(word_similarity(app.fold(${text}), app.fold(known.name)))`, 'desc')
      .orderBy('p.name')
      .execute();
    return { items: rows.slice(0, query.limit).map(cardView), nextCursor: null };
  }
  if (query.cursor !== undefined) {
    const [, id] = readCursor(query.cursor);
    wanted = wanted.where(
      sql<boolean>`(p.name, p.id) > (select last.name, last.id from patients last where last.id = ${id})`,
    );
  }
  const rows = await wanted.orderBy('p.name').orderBy('p.id').execute();
  const page = pageOf(rows, query.limit, (row) => ['name', row.id]);
  return { items: page.rows.map(cardView), nextCursor: page.nextCursor };
}

/**
 * Of `patients as known`: by name without accents, also mistyped; by the digits of CPF or telephone; by the
 * start of the e-mail.
 */
function matches(text: string) {
  const digits = text.replace(/\D/g, '');
  const pattern = `%${escapeLike(text)}%`;
  const byDigits =
    digits.length >= 3
      ? sql`or known.cpf like ${`${digits}%`} or regexp_replace(known.phone, '\\D', '', 'g') like ${`%${digits}%`}`
      : sql``;
  return sql<boolean>`(app.fold(known.name) like app.fold(${pattern})
    or word_similarity(app.fold(${text}), app.fold(known.name)) >= ${alikeEnough}::real
    or lower(known.email) like lower(${`${escapeLike(text)}%`}) ${byDigits})`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

async function find(trx: Trx, id: string): Promise<Patient> {
  const row = await trx
    .selectFrom('patients as p')
    .select([...cardColumns, 'p.guardian_of'])
    .select(sql<string | null>`nullif(app.person_of(p.id), p.id)`.as('standing'))
    .select(
      sql<boolean>`exists (select 1 from care_relations r where r.patient_id = p.id
        and r.doctor_id = app.current_doctor() and r.ended_at is null)`.as('cared_for'),
    )
    .where('p.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  return {
    ...cardView(row),
    guardian_of: row.guardian_of,
    merged_into: row.standing,
    merged: await joinedTo(trx, id),
    guardians: await guardiansOf(trx, id),
    ...(row.cared_for ? await healthOf(trx, id) : {}),
  };
}

/** Cards that were joined to this one itself. */
async function joinedTo(trx: Trx, id: string): Promise<NonNullable<Patient['merged']>> {
  const rows = await trx
    .selectFrom('patient_merges as m')
    .innerJoin('patients as p', 'p.id', 'm.merged_id')
    .select(['p.id', 'p.name', 'm.merged_at'])
    .where('m.kept_id', '=', id)
    .where('m.undone_at', 'is', null)
    .orderBy('m.merged_at')
    .execute();
  return rows.map((row) => ({ ...row, merged_at: row.merged_at.toISOString() }));
}

async function updateCard(trx: Trx, before: Patient, changes: UpdatePatient): Promise<void> {
  const cpf = changes.cpf === undefined ? {} : { cpf: validCpf(changes.cpf) };
  const name = changes.name === undefined ? {} : { name: changes.name };
  const set = { ...cardOf(changes), ...name, ...cpf };
  if (Object.keys(set).length === 0) return;
  if (cpf.cpf) {
    const other = await withCpf(trx, cpf.cpf);
    if (other !== undefined && other !== before.id) throw cpfConflict(other);
  }
  await trx.updateTable('patients').set(set).where('id', '=', before.id).execute();
}

/** The optional columns of the card that were given. */
function cardOf(given: UpdatePatient) {
  return {
    ...(given.birth_date === undefined ? {} : { birth_date: given.birth_date }),
    ...(given.sex === undefined ? {} : { sex: given.sex }),
    ...(given.email === undefined ? {} : { email: given.email }),
    ...(given.phone === undefined ? {} : { phone: given.phone }),
    ...(given.address === undefined ? {} : { address: given.address }),
  };
}

function validCpf(given: string | undefined): string | null {
  if (given === undefined || given.trim() === '') return null;
  const cpf = parseCpf(given);
  if (cpf === null) {
    throw new AppError('validation_failed', {
      message: 'O CPF informado não é válido.',
      details: [{ path: 'cpf', message: 'CPF inválido' }],
    });
  }
  return cpf;
}

async function withCpf(trx: Trx, cpf: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('patients')
    .select(sql<string>`app.person_of(id)`.as('id'))
    .where('cpf', '=', cpf)
    .executeTakeFirst();
  return row?.id;
}

async function cpfTaken(trx: Trx, cpf: string | null): Promise<AppError> {
  const taken = cpf === null ? undefined : await withCpf(trx, cpf);
  return taken === undefined ? new AppError('conflict') : cpfConflict(taken);
}

function cpfConflict(patientId: string): AppError {
  return new AppError('conflict', {
    message: 'Já existe um paciente com este CPF.',
    details: { patient_id: patientId },
  });
}

function auditPatient(
  trx: Trx,
  calling: Calling,
  action: AuditAction,
  id: string,
  changes: Record<string, string> = {},
): Promise<string> {
  return auditCall(trx, calling, {
    action,
    tableName: 'patients',
    recordId: id,
    patientId: id,
    changes,
  });
}
