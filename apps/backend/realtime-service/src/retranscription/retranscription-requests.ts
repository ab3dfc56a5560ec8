import { audit, type Database, type DB, type MemberCaller } from '@medcall/service-kit';
import type { RetranscribedUtterance, RetranscriptionJob, Speaker } from '@medcall/shared-types';
import { type Selectable, sql } from 'kysely';
import { live } from './retranscription-rows.ts';

/** Rows of `retranscriptions` as people ask for them, read them and call them off, under their own rights. */
export class RetranscriptionRequests {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Asks for a job, or finds the one that is on its way. */
  ask(caller: MemberCaller, consultationId: string): Promise<RetranscriptionJob> {
    return this.database.asUser(caller, async (trx) => {
      const made = await trx
        .insertInto('retranscriptions')
        .values({ consultation_id: consultationId })
        .onConflict((conflict) =>
          conflict
            .column('consultation_id')
            .where('status', 'in', [...live])
            .doNothing(),
        )
        .returningAll()
        .executeTakeFirst();
      if (made) {
        await audit(trx, {
          action: 'transcription.again_ask',
          tableName: 'retranscriptions',
          recordId: made.id,
        });
        return viewOf(made);
      }
      const running = await trx
        .selectFrom('retranscriptions')
        .selectAll()
        .where('consultation_id', '=', consultationId)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow();
      return viewOf(running);
    });
  }

  latest(caller: MemberCaller, consultationId: string): Promise<RetranscriptionJob | null> {
    return this.database.asUser(
      caller,
      async (trx) => {
        const row = await trx
          .selectFrom('retranscriptions')
          .selectAll()
          .where('consultation_id', '=', consultationId)
          .orderBy('created_at', 'desc')
          .limit(1)
          .executeTakeFirst();
        return row ? viewOf(row) : null;
      },
      { readOnly: true },
    );
  }

  /** Calls off what is not done. */
  async callOff(caller: MemberCaller, consultationId: string): Promise<void> {
    await this.database.asUser(caller, async (trx) => {
      const row = await trx
        .updateTable('retranscriptions')
        .set({ status: 'cancelled' })
        .where('consultation_id', '=', consultationId)
        .where('status', 'in', [...live])
        .returning('id')
        .executeTakeFirst();
      if (!row) return;
      await audit(trx, {
        action: 'transcription.again_cancel',
        tableName: 'retranscriptions',
        recordId: row.id,
      });
    });
  }

  /** What the latest job changed, in order of time. */
  changes(caller: MemberCaller, consultationId: string): Promise<RetranscribedUtterance[]> {
    return this.database.asUser(caller, async (trx) => {
      const job = await trx
        .selectFrom('retranscriptions')
        .select('id')
        .where('consultation_id', '=', consultationId)
        .where('status', '=', 'done')
        .orderBy('finished_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!job) return [];
      const { rows } = await sql<{
        id: string;
        speaker: Speaker;
        start_ms: number;
        before: string[] | null;
        after: string;
      }>`
        with touched as (
          select t.id, t.text, t.start_ms, t.superseded_by, coalesce(t.superseded_by, t.id) as stands
          from transcriptions t where t.retranscription_id = ${job.id}
        )
        select u.id, u.speaker, u.start_ms, u.text as after,
          array_agg(b.text order by b.start_ms, b.id) filter (where b.superseded_by is not null) as before
        from touched b join transcriptions u on u.id = b.stands
        group by u.id, u.speaker, u.start_ms, u.text
        order by u.start_ms, u.id`.execute(trx);
      await audit(trx, {
        action: 'transcription.again_read',
        tableName: 'retranscriptions',
        recordId: job.id,
      });
      return rows.map(({ before, ...row }) => ({ ...row, before: before ?? [] }));
    });
  }
}

/** The job as people get it. */
function viewOf(row: Selectable<DB['retranscriptions']>): RetranscriptionJob {
  const { rows_added, rows_changed, rows_joined, rows_kept, rows_unheard } = row;
  return {
    id: row.id,
    status: row.status,
    secondsDone: row.seconds_done,
    secondsTotal: row.seconds_total,
    result:
      rows_changed === null
        ? null
        : {
            added: rows_added ?? 0,
            changed: rows_changed,
            joined: rows_joined ?? 0,
            kept: rows_kept ?? 0,
            unheard: rows_unheard ?? 0,
          },
    failure: row.failure,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}
