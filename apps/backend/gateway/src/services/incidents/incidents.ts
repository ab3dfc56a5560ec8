import { AppError, type Clock, type Database, type Trx } from '@medcall/service-kit';
import {
  type AuditAction,
  type CreateIncident,
  createIncident,
  type Incident,
  type IncidentDetail,
  type IncidentStep,
  type IncidentVersion,
  type ListIncidentsQuery,
  noIncidentFacts,
  type UpdateIncident,
} from '@medcall/shared-types';
import { z } from 'zod';
import { auditCall, type Calling } from '../calling.ts';
import { type Page, pageOf, readCursor } from '../cursor.ts';
import type { Member } from '../members.ts';
import { incidentForm, missingParts } from './incident-form.ts';
import {
  countPeople,
  factsOf,
  findIncident,
  type IncidentRow,
  incidentView,
  selectIncidents,
  unfinishedIncident,
} from './incident-rows.ts';
import { stepOf } from './incident-steps.ts';

/** The clinic's register of security incidents with personal data (LGPD, art. 48; decision 104). */
export interface Incidents {
  /** The latest first. */
  list(calling: Calling, query: ListIncidentsQuery): Promise<Page<Incident>>;
  create(calling: Calling, member: Member, wanted: CreateIncident): Promise<IncidentDetail>;
  get(calling: Calling, id: string): Promise<IncidentDetail>;
  /** @throws AppError version_conflict when somebody else wrote in between, conflict when it is closed */
  update(calling: Calling, id: string, change: UpdateIncident): Promise<IncidentDetail>;
  /** @throws AppError conflict for a step that its state does not allow */
  step(calling: Calling, id: string, step: IncidentStep): Promise<IncidentDetail>;
  /** What was known when, the latest first. */
  history(calling: Calling, id: string): Promise<IncidentVersion[]>;
}

export function createIncidents(db: Database, clock: Clock): Incidents {
  const detail = (trx: Trx, row: IncidentRow) => incidentDetail(trx, row, clock.now());
  return {
    list: (calling, query) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          let wanted = selectIncidents(trx).limit(query.limit + 1);
          if (query.cursor !== undefined) {
            wanted = wanted.where('number', '<', Number(readCursor(query.cursor)[0]));
          }
          const rows = await wanted.orderBy('number', 'desc').execute();
          const page = pageOf(rows, query.limit, (row) => [String(row.number), row.id]);
          return {
            items: page.rows.map((row) => incidentView(row, clock.now())),
            nextCursor: page.nextCursor,
          };
        },
        { readOnly: true },
      ),

    create: (calling, member, given) =>
      db.asUser(calling.caller, async (trx) => {
        const { facts, ...wanted } = createIncident.parse(given);
        checkTimes(wanted, clock.now());
        const { id } = await trx
          .insertInto('incidents')
          .values({
            ...wanted,
            clinica_id: member.clinicaId,
            registered_by: calling.caller.sub,
            facts: JSON.stringify({ ...noIncidentFacts, ...facts }),
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        await auditIncident(trx, calling, id, 'incident.create');
        return detail(trx, await findIncident(trx, id));
      }),

    get: (calling, id) =>
      db.asUser(calling.caller, async (trx) => {
        const row = await findIncident(trx, id);
        await auditIncident(trx, calling, id, 'incident.read');
        return detail(trx, row);
      }),

    update: (calling, id, { facts, revision, reason, ...change }) =>
      db.asUser(calling.caller, async (trx) => {
        const before = await unfinishedIncident(trx, id);
        checkTimes(
          {
            detected_at: change.detected_at ?? before.detected_at,
            known_at: change.known_at === undefined ? before.known_at : change.known_at,
          },
          clock.now(),
        );
        checkClockChange(before, change, reason);
        const changed = facts ? { facts: JSON.stringify({ ...factsOf(before), ...facts }) } : {};
        await write(trx, id, revision, { ...change, ...changed, reason: reason ?? null });
        await auditIncident(trx, calling, id, 'incident.update', {
          revision,
          ...(change.known_at === undefined ? {} : { known_at: change.known_at ?? 'none' }),
        });
        return detail(trx, await findIncident(trx, id));
      }),

    step: (calling, id, { revision, ...step }) =>
      db.asUser(calling.caller, async (trx) => {
        const before = await unfinishedIncident(trx, id);
        const change = stepOf(before, step, clock.now());
        await write(trx, id, revision, { reason: null, ...change });
        const row = await findIncident(trx, id);
        await auditIncident(trx, calling, id, 'incident.step', {
          step: step.step,
          status: { before: before.status, after: row.status },
        });
        return detail(trx, row);
      }),

    history: (calling, id) =>
      db.asUser(
        calling.caller,
        async (trx) => {
          await findIncident(trx, id);
          return incidentHistory(trx, id);
        },
        { readOnly: true },
      ),
  };
}

/** An incident with its people, the form and what is missing in it. */
export async function incidentDetail(
  trx: Trx,
  row: IncidentRow,
  now: number,
): Promise<IncidentDetail> {
  const view = incidentView(row, now);
  const people = await countPeople(trx, row);
  const form = incidentForm(view, await controllerOf(trx), people);
  return { ...view, people, form, missing: missingParts(form) };
}

/** The caller's clinic, which the policies leave as the only one. */
export function controllerOf(trx: Trx) {
  return trx
    .selectFrom('clinicas')
    .select(['nome', 'cnpj', 'endereco', 'telefone'])
    .executeTakeFirstOrThrow();
}

const snapshot = z.record(z.string(), z.unknown());
/** Of every version, and no news. */
const ofEachWriting = new Set(['updated_at', 'reason']);

export async function incidentHistory(trx: Trx, id: string): Promise<IncidentVersion[]> {
  const rows = await trx
    .selectFrom('incident_versions')
    .select(['revision', 'at', 'by_name', 'snapshot'])
    .where('incident_id', '=', id)
    .orderBy('revision')
    .execute();
  let before: Record<string, unknown> = {};
  const versions = rows.map((row) => {
    const now = snapshot.parse(row.snapshot);
    const changed = differing(before, now);
    before = now;
    const reason = z.string().nullable().parse(now.reason);
    const { by_name: by, revision } = row;
    return { revision, at: row.at.toISOString(), by, reason, changed, snapshot: now };
  });
  return versions.reverse();
}

/** Names of columns that differ; of the form the names of its parts. */
function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const flat = (one: Record<string, unknown>) => {
    const facts = snapshot.safeParse(one.facts).data ?? {};
    const { facts: _facts, ...columns } = one;
    return { ...columns, ...facts } as Record<string, unknown>;
  };
  const [old, now] = [flat(before), flat(after)];
  const isFirst = Object.keys(before).length === 0;
  return (
    Object.keys(now)
      .filter((key) => !ofEachWriting.has(key))
      // What a register begins with says nothing.
      .filter((key) => !(isFirst && isBlank(now[key])))
      .filter((key) => JSON.stringify(old[key] ?? null) !== JSON.stringify(now[key] ?? null))
      .sort()
  );
}

function isBlank(value: unknown): boolean {
  return value === false || (Array.isArray(value) && value.length === 0);
}

export function auditIncident(
  trx: Trx,
  calling: Calling,
  id: string,
  action: AuditAction,
  changes?: Parameters<typeof auditCall>[2]['changes'],
): Promise<string> {
  return auditCall(trx, calling, {
    action,
    tableName: 'incidents',
    recordId: id,
    ...(changes ? { changes } : {}),
  });
}

async function write(
  trx: Trx,
  id: string,
  revision: number,
  change: ReturnType<typeof stepOf>,
): Promise<void> {
  const written = await trx
    .updateTable('incidents')
    .set(change)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .returning('id')
    .executeTakeFirst();
  if (!written) throw new AppError('version_conflict');
}

/** A clock of the browser may be ahead of ours by a little. */
const toleranceMs = 5 * 60_000;

function checkTimes(
  times: { detected_at: Date | string; known_at: Date | string | null },
  now: number,
): void {
  const detected = new Date(times.detected_at).getTime();
  if (detected > now + toleranceMs) throw invalid('detected_at', 'não pode estar no futuro');
  if (times.known_at === null) return;
  const known = new Date(times.known_at).getTime();
  if (known > now + toleranceMs) throw invalid('known_at', 'não pode estar no futuro');
  if (known < detected) throw invalid('known_at', 'não pode vir antes de o incidente ser notado');
}

export function invalid(path: string, message: string): AppError {
  return new AppError('validation_failed', { details: [{ path, message }] });
}

/** What moves the deadline says why, and does not come after what was told because of it. */
function checkClockChange(
  before: IncidentRow,
  change: { known_at?: string | null | undefined; small_agent?: boolean | undefined },
  reason: string | undefined,
): void {
  const moves =
    (before.known_at !== null && change.known_at !== undefined) ||
    (change.small_agent !== undefined && change.small_agent !== before.small_agent);
  if (moves && before.known_at !== null && reason === undefined) {
    throw invalid('reason', 'diga por que muda o que move o prazo');
  }
  if (change.known_at === undefined) return;
  const told = [before.authority_at, before.people_at].filter((at) => at !== null);
  if (told.length === 0) return;
  const first = Math.min(...told.map((at) => at.getTime()));
  if (change.known_at === null || Date.parse(change.known_at) > first) {
    throw invalid('known_at', 'não pode vir depois do que já foi comunicado');
  }
}
