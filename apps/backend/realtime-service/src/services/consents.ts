import type { Database } from '@medcall/service-kit';
import type { ConsentType } from '@medcall/shared-types';
import { sql } from 'kysely';

/** Whether the patient's latest word on engines is yes, in a query that names the consultation `c`. */
export const aiAgreed = sql<boolean>`coalesce((
  select k.accepted from consents k
  where k.consultation_id = c.id and k.type = 'ai'
  order by k.position desc limit 1), false)`;

/** The latest word of the patient on each consent; absent counts as refused. */
export class Consents {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async accepted(consultationId: string, type: ConsentType): Promise<boolean> {
    const latest = await this.database.asSystem('consent check', (trx) =>
      trx
        .selectFrom('consents')
        .select('accepted')
        .where('consultation_id', '=', consultationId)
        .where('type', '=', type)
        .orderBy('position', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return latest?.accepted ?? false;
  }

  /** Whether an engine may run at all in this consultation. */
  async aiAllowed(consultationId: string): Promise<boolean> {
    const row = await this.database.asSystem('ai switch', (trx) =>
      trx
        .selectFrom('consultations as c')
        .select(['c.ai_enabled', aiAgreed.as('agreed')])
        .where('c.id', '=', consultationId)
        .executeTakeFirst(),
    );
    return row?.ai_enabled === true && row.agreed;
  }
}
