import type { Trx } from '@medcall/service-kit';
import type { Consultation, ListConsultationsQuery } from '@medcall/shared-types';
import { sql } from 'kysely';
import { consultationView, selectConsultations } from './consultation-view.ts';
import { type Page, pageOf, readCursor } from './cursor.ts';
import type { Member } from './members.ts';
import { samePerson } from './same-person.ts';

/** A page of the agenda, or of a patient's history. */
export async function listConsultations(
  trx: Trx,
  member: Member,
  query: ListConsultationsQuery,
): Promise<Page<Consultation>> {
  // A day reads forward like an agenda; without one, the newest come first.
  const forward = query.day !== undefined || query.from !== undefined || query.to !== undefined;
  let wanted = selectConsultations(trx).limit(query.limit + 1);
  const from = query.day ?? query.from;
  const to = query.day ?? query.to;
  if (from !== undefined) wanted = wanted.where(sql<boolean>`${sortedBy} >= ${startOf(from, 0)}`);
  if (to !== undefined) wanted = wanted.where(sql<boolean>`${sortedBy} < ${startOf(to, 1)}`);
  if (query.doctor_id !== undefined) wanted = wanted.where('c.doctor_id', '=', query.doctor_id);
  if (query.status !== undefined) wanted = wanted.where('c.status', '=', query.status);
  if (query.note === 'unsigned')
    wanted = wanted.where(sql<boolean>`n.status is distinct from 'assinada'`);
  if (query.patient_id !== undefined)
    wanted = wanted.where('c.patient_id', 'in', samePerson(query.patient_id));
  // A doctor's list is his own agenda; the history of one patient is everybody's who may see it.
  else if (member.medicoId !== null) wanted = wanted.where('c.doctor_id', '=', member.medicoId);
  if (query.cursor !== undefined) {
    const [at, id] = readCursor(query.cursor);
    const beyond = sql.raw(forward ? '>' : '<');
    wanted = wanted.where(
      sql<boolean>`(coalesce(c.scheduled_at, c.created_at), c.id) ${beyond} (${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const direction = forward ? 'asc' : 'desc';
  const rows = await wanted
    .orderBy(sql`coalesce(c.scheduled_at, c.created_at)`, direction)
    .orderBy('c.id', direction)
    .execute();
  const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.id]);
  return { items: page.rows.map(consultationView), nextCursor: page.nextCursor };
}

const sortedBy = sql`coalesce(c.scheduled_at, c.created_at)`;

/** When a calendar day begins by the clinic's clock, or a later one. */
function startOf(day: string, later: number) {
  return sql`(${day}::date + ${later}::integer)::timestamp
    at time zone (select k.timezone from clinicas k where k.id = c.clinica_id)`;
}
