import { audit, type Database } from '@medcall/service-kit';
import { sql } from 'kysely';
import { heldElsewhere } from '../audio-log/held-elsewhere.ts';
import { aiAgreed } from '../services/consents.ts';
import type { Hearing } from './hear-again.ts';
import { type Written, writeChanges } from './write-changes.ts';

/** A node that says nothing for this long has lost its job. */
const claimSeconds = 30;
const claimEnd = sql<Date>`now() + make_interval(secs => ${claimSeconds})`;
/** A job that ends its process each time, or fails each time, is given up. */
const mostAttempts = 5;
/** A job that is not over. */
export const live = ['waiting', 'running'] as const;

/** A job that this node is at. */
export interface ClaimedRetranscription {
  id: string;
  consultationId: string;
  roomId: string;
  /** Which try it is: of two that claim it, the later one counts. */
  attempts: number;
}

/** Why what was heard did not become the transcript. */
export type NotWritten = 'not_ours' | 'not_allowed' | 'sound_deleted';

/** Rows of `retranscriptions` on their way from asked for to done, failed or called off. */
export class RetranscriptionRows {
  private readonly database: Database;
  private readonly owner: string;
  private readonly sharedLog: boolean;

  /** @param options owner: this node's name, the same after a restart on the same disk */
  constructor(options: { database: Database; owner: string; sharedLog: boolean }) {
    this.database = options.database;
    this.owner = options.owner;
    this.sharedLog = options.sharedLog;
  }

  /** What an earlier process on this data folder was at begins anew. */
  async takeBackOwn(): Promise<void> {
    await this.database.asSystem('own re-transcriptions taken back', (trx) =>
      trx
        .updateTable('retranscriptions')
        .set({ claimed_by: null, claimed_until: null })
        .where('status', 'in', [...live])
        .where('claimed_by', '=', this.owner)
        .execute(),
    );
  }

  /** The next job that no other node is at; null when there is none. */
  claim(): Promise<ClaimedRetranscription | null> {
    return this.database.asSystem('re-transcription claimed', async (trx) => {
      const next = await trx
        .selectFrom('retranscriptions as r')
        .innerJoin('consultations as c', 'c.id', 'r.consultation_id')
        .select(['r.id', 'r.attempts', 'c.id as consultationId', 'c.room_id as roomId'])
        .where('r.status', 'in', [...live])
        .where('r.next_attempt_at', '<=', sql<Date>`now()`)
        .where((where) =>
          where.or([
            where('r.claimed_until', 'is', null),
            where('r.claimed_until', '<', sql<Date>`now()`),
          ]),
        )
        .$if(!this.sharedLog, (query) =>
          query.where((where) => where.not(heldElsewhere(this.owner))),
        )
        .orderBy('r.next_attempt_at')
        .limit(1)
        .forUpdate('r')
        .skipLocked()
        .executeTakeFirst();
      if (!next) return null;
      const attempts = next.attempts + 1;
      await trx
        .updateTable('retranscriptions')
        .set(
          attempts > mostAttempts
            ? { status: 'failed', failure: 'internal' }
            : {
                status: 'running',
                attempts,
                claimed_by: this.owner,
                claimed_until: claimEnd,
                seconds_done: 0,
              },
        )
        .where('id', '=', next.id)
        .execute();
      return attempts > mostAttempts ? null : { ...next, attempts };
    });
  }

  /** A job of the command line: made and claimed at once; null while another is on its way. */
  begin(consultationId: string, roomId: string): Promise<ClaimedRetranscription | null> {
    return this.database.asSystem('re-transcription by hand', async (trx) => {
      const made = await trx
        .insertInto('retranscriptions')
        .values({
          consultation_id: consultationId,
          status: 'running',
          attempts: 1,
          claimed_by: this.owner,
          claimed_until: claimEnd,
        })
        .onConflict((conflict) =>
          conflict
            .column('consultation_id')
            .where('status', 'in', [...live])
            .doNothing(),
        )
        .returning('id')
        .executeTakeFirst();
      return made ? { id: made.id, consultationId, roomId, attempts: 1 } : null;
    });
  }

  /** Says how far it is and keeps the claim. @returns false when it was called off or is another node's */
  async goOn(
    claimed: ClaimedRetranscription,
    progress: { secondsDone: number; secondsTotal: number },
  ): Promise<boolean> {
    const saved = await this.database.asSystem('re-transcription goes on', (trx) =>
      trx
        .updateTable('retranscriptions')
        .set({
          seconds_done: Math.min(progress.secondsDone, progress.secondsTotal),
          seconds_total: progress.secondsTotal,
          claimed_until: claimEnd,
        })
        .where(this.ours(claimed))
        .executeTakeFirst(),
    );
    return saved.numUpdatedRows > 0n;
  }

  /** The heard text becomes the transcript, where it still may: all of it in one transaction. */
  finish(
    claimed: ClaimedRetranscription,
    { heard, streamIds }: Pick<Hearing, 'heard' | 'streamIds'>,
  ): Promise<{ written: Written } | { refused: NotWritten }> {
    return this.database.asSystem('transcription derived again', async (trx) => {
      const job = await trx
        .updateTable('retranscriptions')
        .set({ claimed_until: claimEnd })
        .where(this.ours(claimed))
        .returning('seconds_total')
        .executeTakeFirst();
      if (!job) return { refused: 'not_ours' };
      const allowed = await trx
        .selectFrom('consultations as c')
        .select(['c.clinica_id', 'c.patient_id'])
        .where('c.id', '=', claimed.consultationId)
        .where('c.ai_enabled', '=', true)
        .where(aiAgreed)
        .executeTakeFirst();
      if (!allowed) return { refused: 'not_allowed' };
      if (streamIds.length === 0) return { refused: 'sound_deleted' };
      // Sound that was deleted before this began is nothing that anybody heard.
      const streams = await trx
        .selectFrom('audio_streams')
        .select('discarded_at')
        .where('id', 'in', [...streamIds])
        .forShare()
        .execute();
      if (streams.some((row) => row.discarded_at !== null)) return { refused: 'sound_deleted' };
      const written = await writeChanges(
        trx,
        { roomId: claimed.roomId, retranscriptionId: claimed.id },
        heard.utterances,
      );
      const { added, changed, joined, kept } = written;
      await trx
        .updateTable('retranscriptions')
        .set({
          status: 'done',
          seconds_done: job.seconds_total,
          rows_added: added,
          rows_changed: changed,
          rows_joined: joined,
          rows_kept: kept,
          rows_unheard: heard.unheard,
        })
        .where(this.ours(claimed))
        .execute();
      await audit(trx, {
        action: 'transcription.again_done',
        tableName: 'retranscriptions',
        recordId: claimed.id,
        changes: { added, changed, joined, kept, unheard: heard.unheard },
        clinicaId: allowed.clinica_id,
        patientId: allowed.patient_id,
      });
      return { written };
    });
  }

  /** Tries again later, or never. */
  async fail(claimed: ClaimedRetranscription, code: string, forGood: boolean): Promise<void> {
    const pauseSeconds = 5 * 2 ** (claimed.attempts - 1);
    await this.database.asSystem('re-transcription failed', (trx) =>
      trx
        .updateTable('retranscriptions')
        .set(
          forGood || claimed.attempts >= mostAttempts
            ? { status: 'failed', failure: code }
            : {
                status: 'waiting',
                claimed_by: null,
                claimed_until: null,
                next_attempt_at: sql<Date>`now() + make_interval(secs => ${pauseSeconds})`,
              },
        )
        .where(this.ours(claimed))
        .execute(),
    );
  }

  /** Gives a claim back untried: this process stops. */
  async handBack(claimed: ClaimedRetranscription): Promise<void> {
    await this.database.asSystem('re-transcription handed back', (trx) =>
      trx
        .updateTable('retranscriptions')
        .set({
          status: 'waiting',
          claimed_by: null,
          claimed_until: null,
          attempts: claimed.attempts - 1,
        })
        .where(this.ours(claimed))
        .execute(),
    );
  }

  /** In a statement on `retranscriptions`: nobody called it off, and no later try took it over. */
  private ours({ attempts, id }: ClaimedRetranscription) {
    return sql<boolean>`id = ${id} and status = 'running' and claimed_by = ${this.owner}
      and attempts = ${attempts}`;
  }
}
