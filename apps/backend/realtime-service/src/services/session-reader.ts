import type { Database, UserCaller } from '@medcall/service-kit';
import type { CaptureSession } from '@medcall/shared-types';

/** Captures as the caller may see them. */
export class SessionReader {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  list(caller: UserCaller, filter: { roomId?: string; limit: number }): Promise<CaptureSession[]> {
    return this.database.asUser(caller, async (trx) => {
      let query = trx
        .selectFrom('sessions')
        .select(columns)
        .orderBy('started_at', 'desc')
        .limit(filter.limit);
      if (filter.roomId !== undefined) query = query.where('room_id', '=', filter.roomId);
      return (await query.execute()).map(toSession);
    });
  }

  async byId(caller: UserCaller, id: string): Promise<CaptureSession | null> {
    const row = await this.database.asUser(caller, (trx) =>
      trx.selectFrom('sessions').select(columns).where('id', '=', id).executeTakeFirst(),
    );
    return row ? toSession(row) : null;
  }
}

const columns = [
  'id',
  'consultation_id',
  'room_id',
  'kind',
  'status',
  'started_at',
  'ended_at',
] as const;

interface SessionRow {
  id: string;
  consultation_id: string;
  room_id: string;
  kind: string;
  status: string;
  started_at: Date;
  ended_at: Date | null;
}

function toSession(row: SessionRow): CaptureSession {
  return {
    ...row,
    // Both columns have check constraints with exactly these values.
    kind: row.kind as CaptureSession['kind'],
    status: row.status as CaptureSession['status'],
    started_at: row.started_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}
