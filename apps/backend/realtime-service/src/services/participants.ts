import { type Database, publish } from '@medcall/service-kit';
import type { RoomRole } from '@medcall/shared-types';

/** A person's place in a consultation, kept across reconnects and restarts. */
export interface ParticipantRow {
  id: string;
  sub: string;
  name: string;
  role: RoomRole;
  admitted: boolean;
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
        })
        .onConflict((conflict) =>
          conflict.columns(['consultation_id', 'sub']).doUpdateSet({ name: arrival.name }),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return toRow(row);
    });
  }

  /** Lets a person in. @returns null when there is no such person in the consultation */
  admit(consultationId: string, participantId: string): Promise<ParticipantRow | null> {
    return this.decide(consultationId, participantId, 'admitted');
  }

  deny(consultationId: string, participantId: string): Promise<ParticipantRow | null> {
    return this.decide(consultationId, participantId, 'denied');
  }

  /** The person's row, when it is in this consultation. */
  find(consultationId: string, sub: string): Promise<ParticipantRow | null> {
    return this.database.asSystem('participant of a room', async (trx) => {
      const row = await trx
        .selectFrom('participants')
        .selectAll()
        .where('consultation_id', '=', consultationId)
        .where('sub', '=', sub)
        .executeTakeFirst();
      return row ? toRow(row) : null;
    });
  }

  private decide(
    consultationId: string,
    participantId: string,
    decision: 'admitted' | 'denied',
  ): Promise<ParticipantRow | null> {
    return this.database.asSystem(`participant ${decision}`, async (trx) => {
      const row = await trx
        .updateTable('participants')
        .set((set) =>
          decision === 'admitted'
            ? { admitted_at: set.fn.coalesce('admitted_at', set.fn<Date>('now')) }
            : { admitted_at: null, state: 'denied' },
        )
        .where('id', '=', participantId)
        .where('consultation_id', '=', consultationId)
        .where('role', '<>', 'doctor')
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      await publish(trx, {
        type: 'admission_decided',
        consultation_id: consultationId,
        participant_id: participantId,
        admitted: decision === 'admitted',
      });
      return toRow(row);
    });
  }
}

interface StoredParticipant {
  id: string;
  sub: string;
  name: string;
  role: string;
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
  };
}
