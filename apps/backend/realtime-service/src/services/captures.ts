import { type Database, publish, type Trx } from '@medcall/service-kit';
import type { ConsultationType } from '@medcall/shared-types';
import { aiAgreed } from './consents.ts';

/** A capture that ended because somebody took back what it needs: its sound is deleted. */
export const withdrawalReasons = ['consent_withdrawn', 'ai_disabled'] as const;
export type WithdrawalReason = (typeof withdrawalReasons)[number];

export interface OpenCapture {
  sessionId: string;
  timelineZeroAt: Date;
}

/** Captures of a consultation (`sessions` rows), its status and its zero of time. */
export class Captures {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Opens a capture or finds the open one; starts the consultation and its timeline at the first. */
  open(consultationId: string, roomId: string, kind: ConsultationType): Promise<OpenCapture> {
    return this.database.asSystem('capture starts', async (trx) => {
      const started = await trx
        .updateTable('consultations')
        .set((set) => ({
          status: 'IN_PROGRESS',
          started_at: set.fn.coalesce('started_at', set.fn<Date>('now')),
          timeline_zero_at: set.fn.coalesce('timeline_zero_at', set.fn<Date>('now')),
        }))
        .where('id', '=', consultationId)
        .where('status', 'in', ['WAITING', 'IN_PROGRESS'])
        .returning('timeline_zero_at')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('sessions')
        .values({ consultation_id: consultationId, room_id: roomId, kind })
        .onConflict((conflict) =>
          conflict.column('consultation_id').where('status', '=', 'ACTIVE').doNothing(),
        )
        .execute();
      const session = await trx
        .selectFrom('sessions')
        .select('id')
        .where('consultation_id', '=', consultationId)
        .where('status', '=', 'ACTIVE')
        .executeTakeFirstOrThrow();
      await tellNodes(trx, consultationId);
      return { sessionId: session.id, timelineZeroAt: started.timeline_zero_at ?? new Date() };
    });
  }

  /** The open capture, or null while nothing is being transcribed. */
  async active(consultationId: string): Promise<OpenCapture | null> {
    const row = await this.database.asSystem('capture state', (trx) =>
      trx
        .selectFrom('sessions as s')
        .innerJoin('consultations as c', 'c.id', 's.consultation_id')
        .select(['s.id as sessionId', 'c.timeline_zero_at as timelineZeroAt'])
        .where('s.consultation_id', '=', consultationId)
        .where('s.status', '=', 'ACTIVE')
        .executeTakeFirst(),
    );
    return row?.timelineZeroAt
      ? { sessionId: row.sessionId, timelineZeroAt: row.timelineZeroAt }
      : null;
  }

  /**
   * Why what was captured may not be heard: the latest capture ended by a withdrawal, or engines may not
   * run now (it was paused, or no node was there, when that changed). Null where it may, or nothing was captured.
   */
  async withdrawn(consultationId: string): Promise<WithdrawalReason | null> {
    const latest = await this.database.asSystem('capture state', (trx) =>
      trx
        .selectFrom('sessions as s')
        .innerJoin('consultations as c', 'c.id', 's.consultation_id')
        .select(['s.ended_reason', 'c.ai_enabled', aiAgreed.as('agreed')])
        .where('s.consultation_id', '=', consultationId)
        .orderBy('s.started_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    if (!latest) return null;
    const ended = withdrawalReasons.find((reason) => reason === latest.ended_reason);
    if (ended || !latest.agreed) return ended ?? 'consent_withdrawn';
    return latest.ai_enabled ? null : 'ai_disabled';
  }

  /** Closes the open capture. @returns whether it was this call that did */
  close(consultationId: string, reason: string): Promise<boolean> {
    return this.database.asSystem('capture stops', (trx) => closeOpen(trx, consultationId, reason));
  }

  /** WAITING → IN_PROGRESS at the first admission. */
  async begin(consultationId: string): Promise<void> {
    await this.database.asSystem('consultation begins', (trx) =>
      trx
        .updateTable('consultations')
        .set((set) => ({
          status: 'IN_PROGRESS',
          started_at: set.fn.coalesce('started_at', set.fn<Date>('now')),
        }))
        .where('id', '=', consultationId)
        .where('status', '=', 'WAITING')
        .execute(),
    );
  }

  /** COMPLETED for good, with its captures closed. @returns when it ended */
  end(consultationId: string): Promise<Date> {
    return this.database.asSystem('consultation ends', async (trx) => {
      const row = await trx
        .updateTable('consultations')
        .set((set) => ({
          status: 'COMPLETED',
          started_at: set.fn.coalesce('started_at', set.fn<Date>('now')),
          ended_at: set.fn.coalesce('ended_at', set.fn<Date>('now')),
        }))
        .where('id', '=', consultationId)
        .returning('ended_at')
        .executeTakeFirstOrThrow();
      await closeOpen(trx, consultationId, 'ended');
      await tellNodes(trx, consultationId);
      return row.ended_at ?? new Date();
    });
  }
}

async function closeOpen(trx: Trx, consultationId: string, reason: string): Promise<boolean> {
  const closed = await trx
    .updateTable('sessions')
    .set({ status: 'CLOSED', ended_at: new Date(), ended_reason: reason })
    .where('consultation_id', '=', consultationId)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (closed.numUpdatedRows === 0n) return false;
  await tellNodes(trx, consultationId);
  return true;
}

/** Other nodes may hold streams of the same consultation: they read its state again. */
function tellNodes(trx: Trx, consultationId: string): Promise<void> {
  return publish(trx, { type: 'consultation_changed', consultation_id: consultationId });
}
