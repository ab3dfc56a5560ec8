import { audit, type Database, recordingAllowed } from '@medcall/service-kit';
import { sql } from 'kysely';
import { heldElsewhere } from '../audio-log/held-elsewhere.ts';
import { sampleRate } from './timeline.ts';

const claimSeconds = 120;
/** Tries before a person has to ask again; with the pauses below they take about two hours. */
const maxAttempts = 14;
const longestPauseSeconds = 600;
/** A capture's clocks may run a little past its end. */
const graceSeconds = 60;

/** A recording that this node is to assemble. */
export interface ClaimedRecording {
  id: string;
  consultationId: string;
  participantId: string | null;
  sourceHash: string;
  attempts: number;
  /** Samples after which nothing can have been said. */
  limit: number;
  /** What the log must hold at least. */
  streams: StreamMark[];
}

export interface StreamMark {
  sub: string;
  stream: string;
  captureId: string;
  participantId: string | null;
  ackedSeq: number;
}

export interface FinishedFile {
  storageKey: string;
  peaksKey: string;
  contentType: string;
  bytes: number;
  sha256: string;
  durationMs: number;
}

/** Rows of `recordings` on their way from asked-for to ready, failed or erased. */
export class RecordingRows {
  private readonly database: Database;
  private readonly owner: string;
  private readonly sharedLog: boolean;

  /** @param options owner: this node's name, the same after a restart on the same disk */
  constructor(options: { database: Database; owner: string; sharedLog: boolean }) {
    this.database = options.database;
    this.owner = options.owner;
    this.sharedLog = options.sharedLog;
  }

  /** The next recording whose turn it is and that no other node is at; null when there is none. */
  claim(): Promise<ClaimedRecording | null> {
    return this.database.asSystem('recording claimed', async (trx) => {
      const next = await trx
        .selectFrom('recordings as r')
        .innerJoin('consultations as c', 'c.room_id', 'r.room_id')
        .select(['r.id', 'r.participant_id', 'r.source_hash', 'c.id as consultationId'])
        .select(limitMs().as('limitMs'))
        .where('r.status', '=', 'assembling')
        .where('r.next_attempt_at', '<=', sql<Date>`now()`)
        .where((where) =>
          where.or([
            where('r.claimed_until', 'is', null),
            where('r.claimed_until', '<', sql<Date>`now()`),
            // This very node before it was restarted: it does one at a time.
            where('r.claimed_by', '=', this.owner),
          ]),
        )
        .where(recordingAllowed())
        .$if(!this.sharedLog, (query) =>
          query.where((where) => where.not(heldElsewhere(this.owner))),
        )
        .orderBy('r.next_attempt_at')
        .limit(1)
        .forUpdate('r')
        .skipLocked()
        .executeTakeFirst();
      if (!next) return null;
      const claimed = await trx
        .updateTable('recordings')
        .set({
          claimed_by: this.owner,
          claimed_until: claimEnd,
          attempts: sql<number>`attempts + 1`,
        })
        .where('id', '=', next.id)
        .returning('attempts')
        .executeTakeFirstOrThrow();
      const streams = await trx
        .selectFrom('audio_streams')
        .select(['sub', 'stream', 'capture_id', 'participant_id', 'acked_seq'])
        .where('consultation_id', '=', next.consultationId)
        .where('discarded_at', 'is', null)
        .where('acked_seq', '>=', 0)
        .execute();
      return {
        id: next.id,
        consultationId: next.consultationId,
        participantId: next.participant_id,
        sourceHash: next.source_hash ?? '',
        attempts: claimed.attempts,
        limit: Math.round((Number(next.limitMs) * sampleRate) / 1000),
        streams: streams.map((row) => ({
          sub: row.sub,
          stream: row.stream,
          captureId: row.capture_id,
          participantId: row.participant_id,
          ackedSeq: row.acked_seq,
        })),
      };
    });
  }

  /** Keeps the claim while the work goes on. @returns false when it is not this node's any more */
  async renew(claimed: ClaimedRecording): Promise<boolean> {
    const renewed = await this.database.asSystem('recording goes on', (trx) =>
      trx
        .updateTable('recordings')
        .set({ claimed_until: claimEnd })
        .where('id', '=', claimed.id)
        .where('status', '=', 'assembling')
        .where('claimed_by', '=', this.owner)
        .where('source_hash', '=', claimed.sourceHash)
        .executeTakeFirst(),
    );
    return renewed.numUpdatedRows > 0n;
  }

  /**
   * The file is in the store. The consent is asked once more in the same transaction.
   * @returns false when nobody may have it or somebody asked for another: then the file has to go
   */
  finish(claimed: ClaimedRecording, file: FinishedFile): Promise<boolean> {
    return this.database.asSystem('recording ready', async (trx) => {
      const done = await trx
        .updateTable('recordings as r')
        .from('consultations as c')
        .whereRef('c.room_id', '=', 'r.room_id')
        .where('r.id', '=', claimed.id)
        .where('r.status', '=', 'assembling')
        .where('r.claimed_by', '=', this.owner)
        .where('r.source_hash', '=', claimed.sourceHash)
        .where(recordingAllowed())
        .set({
          status: 'ready',
          storage_key: file.storageKey,
          peaks_key: file.peaksKey,
          file_url: `/api/recordings/${claimed.id}/audio`,
          content_type: file.contentType,
          size_bytes: file.bytes,
          sha256: file.sha256,
          duration_ms: file.durationMs,
          duration_seconds: Math.round(file.durationMs / 1000),
          failure: null,
          claimed_by: null,
          claimed_until: null,
        })
        .returning(['c.clinica_id', 'c.patient_id'])
        .executeTakeFirst();
      if (!done) return false;
      await audit(trx, {
        action: 'recording.assembled',
        tableName: 'recordings',
        recordId: claimed.id,
        changes: { sha256: file.sha256, durationMs: file.durationMs },
        clinicaId: done.clinica_id,
        patientId: done.patient_id,
      });
      return true;
    });
  }

  /** Tries again later, or gives up until somebody asks. */
  async fail(
    claimed: ClaimedRecording,
    failure: { code: string; forGood: boolean },
  ): Promise<void> {
    const pauseSeconds = Math.min(5 * 2 ** (claimed.attempts - 1), longestPauseSeconds);
    await this.database.asSystem('recording failed', (trx) =>
      trx
        .updateTable('recordings')
        .set({
          failure: failure.code,
          claimed_by: null,
          claimed_until: null,
          next_attempt_at: sql<Date>`now() + make_interval(secs => ${pauseSeconds})`,
          ...(failure.forGood || claimed.attempts >= maxAttempts
            ? { status: 'failed' as const }
            : {}),
        })
        .where('id', '=', claimed.id)
        .where('status', '=', 'assembling')
        .where('claimed_by', '=', this.owner)
        .execute(),
    );
  }

  /** Gives a claim back untried: this process stops. */
  async handBack(claimed: ClaimedRecording): Promise<void> {
    await this.database.asSystem('recording handed back', (trx) =>
      trx
        .updateTable('recordings')
        .set({
          claimed_by: null,
          claimed_until: null,
          attempts: sql<number>`greatest(attempts - 1, 0)`,
        })
        .where('id', '=', claimed.id)
        .where('status', '=', 'assembling')
        .where('claimed_by', '=', this.owner)
        .execute(),
    );
  }

  /** Consultations whose recordings nobody may keep any more. */
  async withdrawn(): Promise<string[]> {
    const rows = await this.database.asSystem('recordings to erase', (trx) =>
      trx
        .selectFrom('recordings as r')
        .innerJoin('consultations as c', 'c.room_id', 'r.room_id')
        .select('c.id')
        .distinct()
        .where('r.status', '<>', 'erased')
        .where(sql<boolean>`not ${recordingAllowed()}`)
        .execute(),
    );
    return rows.map((row) => row.id);
  }

  /** Recordings of a consultation that nobody may keep any more. */
  async withdrawnOf(consultationId: string): Promise<string[]> {
    const rows = await this.database.asSystem('recordings to erase', (trx) =>
      trx
        .selectFrom('recordings as r')
        .innerJoin('consultations as c', 'c.room_id', 'r.room_id')
        .select('r.id')
        .where('c.id', '=', consultationId)
        .where('r.status', '<>', 'erased')
        .where(sql<boolean>`not ${recordingAllowed()}`)
        .execute(),
    );
    return rows.map((row) => row.id);
  }

  /** The objects are gone: the rows stay and say what there was. */
  async markErased(ids: readonly string[]): Promise<void> {
    await this.database.asSystem('recordings erased', async (trx) => {
      const erased = await trx
        .updateTable('recordings as r')
        .from('consultations as c')
        .whereRef('c.room_id', '=', 'r.room_id')
        .where('r.id', 'in', ids)
        .where('r.status', '<>', 'erased')
        .set({
          status: 'erased',
          erased_at: sql<Date>`now()`,
          storage_key: null,
          peaks_key: null,
          file_url: null,
          claimed_by: null,
          claimed_until: null,
        })
        .returning(['r.id', 'c.clinica_id', 'c.patient_id'])
        .execute();
      for (const row of erased) {
        await audit(trx, {
          action: 'recording.erased',
          tableName: 'recordings',
          recordId: row.id,
          clinicaId: row.clinica_id,
          patientId: row.patient_id,
        });
      }
    });
  }
}

const claimEnd = sql<Date>`now() + make_interval(secs => ${claimSeconds})`;

/** From the zero of time to the end of the last capture, with some grace. */
function limitMs() {
  return sql<number>`(
    select extract(epoch from coalesce(max(s.ended_at), now())
      - coalesce(c.timeline_zero_at, min(s.started_at), now()) + make_interval(secs => ${graceSeconds})) * 1000
    from sessions s where s.consultation_id = c.id)`;
}
