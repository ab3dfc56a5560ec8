import type { Database } from '@medcall/service-kit';
import type { RoomRole } from '@medcall/shared-types';

/** A person's place in a consultation, kept across reconnects and restarts. */
export interface ParticipantRow {
  id: string;
  sub: string;
  name: string;
  role: RoomRole;
  admitted: boolean;
  denied: boolean;
}

interface Arrival {
  consultationId: string;
  sub: string;
  name: string;
  role: RoomRole;
}

/** Who was let into which consultation, in the database. */
export class Participants {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** The person's row, made at the first arrival. A doctor needs no admission; a denied person may ask again. */
  arrive(arrival: Arrival): Promise<ParticipantRow> {
    const admittedAt = arrival.role === 'doctor' ? new Date() : null;
    return this.database.asSystem('participant arrives', async (trx) => {
      const row = await trx
        .insertInto('participants')
        .values({
          consultation_id: arrival.consultationId,
          sub: arrival.sub,
          name: arrival.name,
          role: arrival.role,
          admitted_at: admittedAt,
          state: admittedAt ? 'joined' : 'waiting',
        })
        .onConflict((conflict) =>
          conflict.columns(['consultation_id', 'sub']).doUpdateSet({ name: arrival.name }),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      const back = row.state === 'denied' ? null : row.admitted_at;
      await trx
        .updateTable('participants')
        .set({
          state: back ? 'joined' : 'waiting',
          admitted_at: back,
          joined_at: back ? (row.joined_at ?? new Date()) : null,
          away_since: null,
          left_at: null,
        })
        .where('id', '=', row.id)
        .execute();
      return { ...toRow(row), admitted: back !== null, denied: false };
    });
  }

  /** Lets a waiting person in and, at the first admission, starts the consultation. @returns null when there is no such person */
  admit(consultationId: string, participantId: string): Promise<ParticipantRow | null> {
    return this.database.asSystem('participant admitted', async (trx) => {
      const row = await trx
        .updateTable('participants')
        .set((set) => ({
          admitted_at: set.fn.coalesce('admitted_at', set.val(new Date())),
          joined_at: new Date(),
          state: 'joined',
        }))
        .where('id', '=', participantId)
        .where('consultation_id', '=', consultationId)
        .where('role', '<>', 'doctor')
        .returningAll()
        .executeTakeFirst();
      return row ? toRow(row) : null;
    });
  }

  deny(consultationId: string, participantId: string): Promise<ParticipantRow | null> {
    return this.database.asSystem('participant denied', async (trx) => {
      const row = await trx
        .updateTable('participants')
        .set({ state: 'denied', admitted_at: null })
        .where('id', '=', participantId)
        .where('consultation_id', '=', consultationId)
        .where('role', '<>', 'doctor')
        .returningAll()
        .executeTakeFirst();
      return row ? toRow(row) : null;
    });
  }

  async mark(participantId: string, state: 'joined' | 'away' | 'left'): Promise<void> {
    await this.database.asSystem('participant presence', (trx) =>
      trx
        .updateTable('participants')
        .set({
          state,
          away_since: state === 'away' ? new Date() : null,
          left_at: state === 'left' ? new Date() : null,
        })
        .where('id', '=', participantId)
        .execute(),
    );
  }

  /** People of a consultation who wait, are in, or dropped out for a moment. */
  list(consultationId: string): Promise<ParticipantRow[]> {
    return this.database.asSystem('participants of a room', async (trx) => {
      const rows = await trx
        .selectFrom('participants')
        .selectAll()
        .where('consultation_id', '=', consultationId)
        .where('state', 'in', ['waiting', 'joined', 'away'])
        .orderBy('created_at')
        .execute();
      return rows.map(toRow);
    });
  }
}

interface StoredParticipant {
  id: string;
  sub: string;
  name: string;
  role: string;
  state: string;
  admitted_at: Date | null;
}

function toRow(row: StoredParticipant): ParticipantRow {
  return {
    id: row.id,
    sub: row.sub,
    name: row.name,
    // The column has a check constraint with exactly these values.
    role: row.role as RoomRole,
    admitted: row.admitted_at !== null,
    denied: row.state === 'denied',
  };
}
