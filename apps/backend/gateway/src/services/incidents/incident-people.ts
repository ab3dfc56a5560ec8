import { type Database, notFound, type Trx } from '@medcall/service-kit';
import type {
  IncidentCandidates,
  IncidentCandidatesQuery,
  IncidentPeopleCount,
  IncidentPeopleQuery,
  IncidentPerson,
  LinkIncidentPeople,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import type { Calling } from '../calling.ts';
import { type Page, pageOf, readCursor } from '../cursor.ts';
import type { Member } from '../members.ts';
import { countPeople, findIncident, unfinishedIncident } from './incident-rows.ts';
import { auditIncident } from './incidents.ts';

/** Whose data an incident affected: found in the audit log or chosen by hand. */
export interface IncidentPeople {
  list(calling: Calling, id: string, query: IncidentPeopleQuery): Promise<Page<IncidentPerson>>;
  /** Whose records were opened or changed, by who, when and how. Nothing is linked. */
  candidates(
    calling: Calling,
    id: string,
    filter: IncidentCandidatesQuery,
  ): Promise<IncidentCandidates>;
  /** @throws AppError not_found when one of the patients is not the clinic's; then none is linked */
  link(
    calling: Calling,
    member: Member,
    id: string,
    who: LinkIncidentPeople,
  ): Promise<{ added: number; people: IncidentPeopleCount }>;
  /** Ends the link; that it was there stays. */
  unlink(calling: Calling, id: string, patientId: string): Promise<void>;
}

const shown = 200;

export function createIncidentPeople(db: Database): IncidentPeople {
  return {
    list: (calling, id, query) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          await findIncident(trx, id);
          let wanted = selectPeople(trx, id).limit(query.limit + 1);
          if (query.cursor !== undefined) {
            const [at, link] = readCursor(query.cursor);
            wanted = wanted.where(
              sql<boolean>`(l.added_at, l.id) > (${at}::timestamptz, ${link}::uuid)`,
            );
          }
          const rows = await wanted.orderBy('l.added_at').orderBy('l.id').execute();
          const page = pageOf(rows, query.limit, (row) => [row.sorted_by, row.link]);
          return {
            items: page.rows.map(({ sorted_by: _sorted, link: _link, added_at, ...row }) => ({
              ...row,
              added_at: added_at.toISOString(),
            })),
            nextCursor: page.nextCursor,
          };
        },
        { readOnly: true },
      ),

    candidates: (calling, id, filter) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          await findIncident(trx, id);
          return candidatesOf(trx, id, filter);
        },
        { readOnly: true },
      ),

    link: (calling, member, id, who) =>
      db.asUser(calling.caller, async (trx) => {
        const incident = await unfinishedIncident(trx, id);
        const found =
          'filter' in who
            ? touched(trx, who.filter).select(personOf('a.patient_id').as('id')).distinct()
            : trx
                .selectFrom('patients as p')
                .select(personOf('p.id').as('id'))
                .distinct()
                .where('p.id', 'in', who.patient_ids);
        if (!('filter' in who)) {
          const known = await trx
            .selectFrom('patients')
            .select('id')
            .where('id', 'in', who.patient_ids)
            .execute();
          if (known.length < new Set(who.patient_ids).size) throw notFound();
        }
        const by = 'filter' in who ? 'audit' : 'hand';
        const { rows } = await sql<{ id: string }>`
          insert into incident_people (incident_id, clinica_id, patient_id, found_by, added_by)
          select ${id}::uuid, ${member.clinicaId}::uuid, found.id, ${by}, ${calling.caller.sub}::uuid
          from (${found}) found
          where not exists (select 1 from incident_people l where l.incident_id = ${id}::uuid
            and l.removed_at is null and app.person_of(l.patient_id) = found.id)
          on conflict (incident_id, patient_id) where removed_at is null do nothing
          returning id`.execute(trx);
        await auditIncident(trx, calling, id, 'incident.people_link', {
          found_by: by,
          added: rows.length,
        });
        return { added: rows.length, people: await countPeople(trx, incident) };
      }),

    unlink: (calling, id, patientId) =>
      db.asUser(calling.caller, async (trx) => {
        await unfinishedIncident(trx, id);
        const ended = await trx
          .updateTable('incident_people')
          .set({ removed_at: sql`clock_timestamp()`, removed_by: calling.caller.sub })
          .where('incident_id', '=', id)
          .where(sql<boolean>`app.person_of(patient_id) = app.person_of(${patientId}::uuid)`)
          .where('removed_at', 'is', null)
          .returning('id')
          .execute();
        if (ended.length === 0) throw notFound();
        await auditIncident(trx, calling, id, 'incident.people_unlink');
      }),
  };
}

async function candidatesOf(
  trx: Trx,
  id: string,
  filter: IncidentCandidatesQuery,
): Promise<IncidentCandidates> {
  const rows = await touched(trx, filter)
    .innerJoin('patients as p', (join) => join.on('p.id', '=', personOf('a.patient_id')))
    .select((eb) => [
      'p.id as patient_id',
      'p.name',
      sql<number>`count(*)::int`.as('times'),
      eb.fn.min('a.created_at').as('first_at'),
      eb.fn.max('a.created_at').as('last_at'),
      sql<boolean>`exists (select 1 from incident_people l where l.incident_id = ${id}
        and app.person_of(l.patient_id) = p.id and l.removed_at is null)`.as('linked'),
      sql<number>`(count(*) over ())::int`.as('total'),
    ])
    .groupBy(['p.id', 'p.name'])
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(shown)
    .execute();
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _total, first_at, last_at, ...row }) => ({
      ...row,
      first_at: first_at.toISOString(),
      last_at: last_at.toISOString(),
    })),
  };
}

/**
 * Rows of the audit log about a patient that was let through. A repeated reading within a quarter of an
 * hour has no row of its own (0077_one_reading.sql), so the search begins that much before `from`.
 */
function touched(trx: Trx, filter: IncidentCandidatesQuery) {
  let rows = trx
    .selectFrom('audit_logs as a')
    .where('a.patient_id', 'is not', null)
    .where('a.outcome', '=', 'ok')
    .where('a.created_at', '>=', new Date(Date.parse(filter.from) - 15 * 60_000))
    .where('a.created_at', '<', new Date(filter.to));
  if (filter.user_id !== undefined) rows = rows.where('a.user_id', '=', filter.user_id);
  if (filter.action !== undefined) rows = rows.where('a.action', '=', filter.action);
  return rows;
}

/** Somebody with several cards is one person, by the card that stands (decision 84). */
function personOf(column: string) {
  return sql<string>`app.person_of(${sql.ref(column)})`;
}

/** Each person once, also where two of his cards were linked before they were joined. */
export function selectPeople(trx: Trx, incidentId: string) {
  return trx
    .selectFrom('incident_people as l')
    .innerJoin('patients as p', (join) => join.on('p.id', '=', personOf('l.patient_id')))
    .select([
      'l.id as link',
      'p.id as patient_id',
      'p.name',
      'l.found_by',
      'l.added_at',
      sql<boolean>`(p.email is not null or p.phone is not null)`.as('reachable'),
      sql<string>`l.added_at::text`.as('sorted_by'),
    ])
    .where('l.incident_id', '=', incidentId)
    .where('l.removed_at', 'is', null)
    .where(
      sql<boolean>`not exists (select 1 from incident_people e where e.incident_id = l.incident_id
        and e.removed_at is null and app.person_of(e.patient_id) = p.id
        and (e.added_at, e.id) < (l.added_at, l.id))`,
    );
}
