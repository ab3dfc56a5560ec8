import type { Database } from '@medcall/service-kit';
import { dateInSaoPaulo, workingDaysBetween } from '@medcall/utils';
import { mailAdministrators, tellAdministrators } from '../../messages/tell-people.ts';
import { incidentClock, openDeadlines } from './incident-clock.ts';

/** Warned with so many working days left, the last day included. */
const soonDays = 1;

/**
 * Tells the administrators of a clinic, in the product and by mail, before the last day of an incident and once
 * more after it. Each
 * deadline is told once: where it moves because the facts did, it is another one.
 * @returns how many warnings were written
 */
export function warnOfDeadlines(db: Database, now: number): Promise<number> {
  return db.asSystem('incidents: warn of deadlines', async (trx) => {
    const rows = await trx
      .selectFrom('incidents')
      .select(['id', 'clinica_id', 'status', 'known_at', 'small_agent'])
      .select(['authority_at', 'people_at', 'preliminary', 'completed_at'])
      .where('status', 'in', ['open', 'assessed', 'communicated', 'not_required'])
      .where('known_at', 'is not', null)
      .execute();
    const today = dateInSaoPaulo(now);
    const due = rows.flatMap((row) =>
      openDeadlines(incidentClock(row, now))
        .filter((dueOn) => workingDaysBetween(today, dueOn) <= soonDays)
        .map((dueOn) => ({ row, dueOn })),
    );
    let told = 0;
    for (const { row, dueOn } of due) {
      const kind = today > dueOn ? 'overdue' : 'due_soon';
      const written = await trx
        .insertInto('incident_warnings')
        .values({ incident_id: row.id, clinica_id: row.clinica_id, kind, due_on: dueOn })
        .onConflict((conflict) => conflict.doNothing())
        .returning('incident_id')
        .executeTakeFirst();
      if (!written) continue;
      const params = { incident_id: row.id, due_on: dueOn };
      await tellAdministrators(trx, row.clinica_id, `incident.${kind}`, params);
      await mailAdministrators(trx, row.clinica_id, `incident.${kind}`, params);
      told += 1;
    }
    return told;
  });
}
