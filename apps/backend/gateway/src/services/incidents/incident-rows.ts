import { AppError, notFound, type Trx } from '@medcall/service-kit';
import {
  type Incident,
  type IncidentPeopleCount,
  incidentCriterion,
  incidentFacts,
  noIncidentFacts,
} from '@medcall/shared-types';
import { sql } from 'kysely';
import { z } from 'zod';
import { isoOf } from '../consultation-view.ts';
import { incidentClock } from './incident-clock.ts';

const stored = z.record(z.string(), z.unknown());
const criteria = z.array(incidentCriterion);

export function selectIncidents(trx: Trx) {
  return trx
    .selectFrom('incidents')
    .select([
      'id',
      'number',
      'title',
      'status',
      'revision',
      'detected_at',
      'known_at',
      'occurred_at',
      'small_agent',
      'facts',
      'significant',
      'criteria',
      'assessment',
      'not_required_reason',
      'authority_at',
      'authority_protocol',
      'preliminary',
      'completed_at',
      'people_at',
      'people_channel',
      'closing_note',
      'closed_at',
      'registered_at',
      'updated_at',
    ]);
}

export type IncidentRow = Awaited<
  ReturnType<ReturnType<typeof selectIncidents>['execute']>
>[number];

/** @throws AppError not_found */
export async function findIncident(trx: Trx, id: string): Promise<IncidentRow> {
  const row = await selectIncidents(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** @throws AppError not_found, conflict when it is closed */
export async function unfinishedIncident(trx: Trx, id: string): Promise<IncidentRow> {
  const row = await findIncident(trx, id);
  if (row.status === 'closed') {
    throw new AppError('conflict', { message: 'Este incidente está encerrado.' });
  }
  return row;
}

export function incidentView(row: IncidentRow, now: number): Incident {
  return {
    ...row,
    detected_at: row.detected_at.toISOString(),
    known_at: isoOf(row.known_at),
    occurred_at: isoOf(row.occurred_at),
    facts: factsOf(row),
    criteria: criteria.parse(row.criteria),
    authority_at: isoOf(row.authority_at),
    completed_at: isoOf(row.completed_at),
    people_at: isoOf(row.people_at),
    closed_at: isoOf(row.closed_at),
    registered_at: row.registered_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    clock: incidentClock(row, now),
  };
}

/** Parts that a later version of the form has added are empty in an older row. */
export function factsOf(row: Pick<IncidentRow, 'facts'>): Incident['facts'] {
  return incidentFacts.parse({ ...noIncidentFacts, ...stored.parse(row.facts) });
}

/**
 * Who is linked, by age on the day on which it was noticed: children under 12, adolescents under 18
 * (Lei 8.069/1990, art. 2), elderly from 60 (Lei 10.741/2003, art. 1).
 */
export async function countPeople(trx: Trx, row: IncidentRow): Promise<IncidentPeopleCount> {
  const born = (years: number) =>
    sql`(${row.detected_at}::timestamptz at time zone 'America/Sao_Paulo')::date - make_interval(years => ${years})`;
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`(count(distinct p.id) filter (where ${condition}))::int`;
  return trx
    .selectFrom('incident_people as l')
    .innerJoin('patients as p', (join) =>
      // A person whose cards were joined is one person.
      join.on(sql<boolean>`p.id = app.person_of(l.patient_id)`),
    )
    .select([
      sql<number>`count(distinct p.id)::int`.as('linked'),
      count(sql`p.birth_date > ${born(12)}`).as('children'),
      count(sql`p.birth_date <= ${born(12)} and p.birth_date > ${born(18)}`).as('adolescents'),
      count(sql`p.birth_date <= ${born(60)}`).as('elderly'),
      count(sql`p.birth_date is null`).as('age_unknown'),
    ])
    .where('l.incident_id', '=', row.id)
    .where('l.removed_at', 'is', null)
    .executeTakeFirstOrThrow();
}
