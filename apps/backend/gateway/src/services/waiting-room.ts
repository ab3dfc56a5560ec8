import { AppError, type Database, type Trx } from '@medcall/service-kit';
import { mostWaitingMessages, type WaitingMessage, type WaitingPlace } from '@medcall/shared-types';
import { sql } from 'kysely';
import type { Calling } from './calling.ts';
import { seeConsultation } from './seen-consultation.ts';

/** What happens before the doctor opens the door. */
export interface WaitingRoom {
  /** For the waiting patient; a doctor's call is refused by the route. */
  place(calling: Calling, consultationId: string): Promise<WaitingPlace>;
  /** Oldest first; the patient's own, or those that were left for the doctor. */
  messages(calling: Calling, consultationId: string): Promise<WaitingMessage[]>;
  /** @throws AppError conflict after the tenth */
  leave(calling: Calling, consultationId: string, text: string): Promise<WaitingMessage>;
}

const columns = ['id', 'text', 'created_at'] as const;

export function createWaitingRoom(db: Database): WaitingRoom {
  return {
    place: ({ caller }, consultationId) =>
      db.asUser(
        caller,
        async (trx) => {
          await seeConsultation(trx, consultationId);
          const { rows } = await sql<{ ahead: number; doctor_busy: boolean }>`
            select ahead, doctor_busy from app.place_in_waiting_room()`.execute(trx);
          const [place] = rows;
          return { ahead: place?.ahead ?? 0, doctorBusy: place?.doctor_busy ?? false };
        },
        { readOnly: true },
      ),

    messages: ({ caller }, consultationId) =>
      db.asUser(
        caller,
        async (trx) => {
          await seeConsultation(trx, consultationId);
          return messagesOf(trx, consultationId);
        },
        { readOnly: true },
      ),

    leave: ({ caller }, consultationId, text) =>
      db.asUser(caller, async (trx) => {
        await seeConsultation(trx, consultationId);
        if ((await messagesOf(trx, consultationId)).length >= mostWaitingMessages) {
          throw new AppError('conflict', {
            message: 'Já há muitos recados nesta consulta. O médico vai ler os que você deixou.',
          });
        }
        const row = await trx
          .insertInto('waiting_messages')
          .values({ consultation_id: consultationId, text })
          .returning(columns)
          .executeTakeFirstOrThrow();
        return view(row);
      }),
  };
}

async function messagesOf(trx: Trx, consultationId: string): Promise<WaitingMessage[]> {
  const rows = await trx
    .selectFrom('waiting_messages')
    .select(columns)
    .where('consultation_id', '=', consultationId)
    .orderBy('created_at')
    .execute();
  return rows.map(view);
}

function view(row: { id: string; text: string; created_at: Date }): WaitingMessage {
  return { ...row, created_at: row.created_at.toISOString() };
}
