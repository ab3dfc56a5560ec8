import { AppError, type Database, recordingAllowed, type Trx } from '@medcall/service-kit';
import { type RoomRole, roomRole, type Speaker, speakerOfRole } from '@medcall/shared-types';
import { type RawBuilder, sql } from 'kysely';
import { heldElsewhere } from '../audio-log/held-elsewhere.ts';

/** Sound of captures that ended longer ago is either recorded or gone (DESIGN §6). */
const lookBackDays = 7;
/** A capture that stopped in an open consultation: its last positions are rows after this. */
const settleSeconds = 15;

/** Decides which recordings there should be, by what the audio log holds. */
export class RecordingPlan {
  private readonly database: Database;
  private readonly owner: string;
  private readonly sharedLog: boolean;

  /** @param options sharedLog: any node can read the log; otherwise only its owner records */
  constructor(options: { database: Database; owner: string; sharedLog: boolean }) {
    this.database = options.database;
    this.owner = options.owner;
    this.sharedLog = options.sharedLog;
  }

  /** Asks for what is missing or out of date, wherever a capture has ended. @returns how many consultations */
  planAll(): Promise<number> {
    return this.database.asSystem('recordings to plan', async (trx) => {
      const due = await this.due(trx);
      for (const consultationId of due) await ask(trx, consultationId, { again: false });
      return due.length;
    });
  }

  /**
   * Asks for one consultation's recordings, also those that failed.
   * @throws AppError forbidden without the recording consent, conflict while a capture runs or without sound
   */
  async plan(consultationId: string): Promise<void> {
    await this.database.asSystem('recordings asked for', async (trx) => {
      const state = await trx
        .selectFrom('consultations as c')
        .select([recordingAllowed().as('allowed'), capturing().as('capturing')])
        .where('c.id', '=', consultationId)
        .executeTakeFirstOrThrow();
      if (!state.allowed) throw recordingRefused();
      if (state.capturing) {
        throw new AppError('conflict', { message: 'A captura de áudio ainda está ligada.' });
      }
      if (!(await ask(trx, consultationId, { again: true }))) {
        throw new AppError('conflict', { message: 'Não há áudio guardado desta consulta.' });
      }
    });
  }

  private async due(trx: Trx): Promise<string[]> {
    const rows = await trx
      .selectFrom('consultations as c')
      .select('c.id')
      .where(
        sql<boolean>`exists (select 1 from sessions s where s.consultation_id = c.id
          and s.status = 'CLOSED' and s.ended_at > now() - make_interval(days => ${lookBackDays}))`,
      )
      .where(sql<boolean>`not ${capturing()}`)
      .where(recordingAllowed())
      // Everything is text, or nothing has moved for a while.
      .where(
        sql<boolean>`(
          not exists (select 1 from audio_streams a where a.consultation_id = c.id
            and a.discarded_at is null and a.drained_at is null)
          or not exists (select 1 from sessions s where s.consultation_id = c.id
            and s.ended_at > now() - make_interval(secs => ${settleSeconds})))`,
      )
      .where(this.readable())
      .where(
        sql<boolean>`${sourceHash()} is not null and not exists (
          select 1 from recordings r where r.room_id = c.room_id and r.kind = 'mixed'
            and r.status <> 'erased' and r.source_hash = ${sourceHash()})`,
      )
      .limit(100)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Without an object store the sound lies on the disk of the node that took it. */
  private readable(): RawBuilder<boolean> {
    if (this.sharedLog) return sql<boolean>`true`;
    return sql<boolean>`not ${heldElsewhere(this.owner)}`;
  }
}

/** The patient did not allow it, or does not any more. */
export function recordingRefused(): AppError {
  return new AppError('forbidden', {
    message: 'O paciente não autorizou guardar o áudio desta consulta.',
  });
}

function capturing(): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from sessions s
    where s.consultation_id = c.id and s.status = 'ACTIVE')`;
}

/** Names the sound that the log holds by now; null when there is none. */
function sourceHash(): RawBuilder<string | null> {
  return sql<string | null>`(
    select encode(sha256(convert_to(string_agg(a.id || ':' || a.acked_seq, ',' order by a.id), 'UTF8')), 'hex')
    from audio_streams a
    where a.consultation_id = c.id and a.discarded_at is null and a.acked_seq >= 0)`;
}

/** One row of all voices and, where each has a microphone, one of each person. @returns false without sound */
async function ask(
  trx: Trx,
  consultationId: string,
  { again }: { again: boolean },
): Promise<boolean> {
  const consultation = await trx
    .selectFrom('consultations as c')
    .select([
      'c.room_id',
      'c.type',
      sourceHash().as('hash'),
      sql<string | null>`(select s.id from sessions s where s.consultation_id = c.id
        order by s.started_at desc limit 1)`.as('session_id'),
    ])
    .where('c.id', '=', consultationId)
    .executeTakeFirstOrThrow();
  if (consultation.hash === null) return false;
  const people = consultation.type === 'ONLINE' ? await voices(trx, consultationId) : [];
  await trx
    .insertInto('recordings')
    .values(
      [null, ...people].map((person) => ({
        room_id: consultation.room_id,
        session_id: consultation.session_id,
        kind: person ? ('speaker' as const) : ('mixed' as const),
        participant_id: person?.participantId ?? null,
        speaker: person?.speaker ?? null,
        source_hash: consultation.hash,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['room_id', 'participant_id'])
        .where('status', '<>', 'erased')
        .doUpdateSet((set) => ({
          status: 'assembling',
          session_id: set.ref('excluded.session_id'),
          source_hash: set.ref('excluded.source_hash'),
          attempts: 0,
          failure: null,
          next_attempt_at: sql<Date>`now()`,
          claimed_by: null,
          claimed_until: null,
        }))
        .where((where) =>
          where.or([
            where('recordings.source_hash', 'is distinct from', where.ref('excluded.source_hash')),
            ...(again ? [where('recordings.status', '=', 'failed')] : []),
          ]),
        ),
    )
    .execute();
  return true;
}

async function voices(
  trx: Trx,
  consultationId: string,
): Promise<Array<{ participantId: string; speaker: Speaker }>> {
  const rows = await trx
    .selectFrom('audio_streams as a')
    .innerJoin('participants as p', 'p.id', 'a.participant_id')
    .select(['p.id', 'p.role'])
    .distinct()
    .where('a.consultation_id', '=', consultationId)
    .where('a.discarded_at', 'is', null)
    .where('a.acked_seq', '>=', 0)
    .execute();
  return rows.map((row) => {
    const role: RoomRole = roomRole.parse(row.role);
    return { participantId: row.id, speaker: speakerOfRole(role) };
  });
}
