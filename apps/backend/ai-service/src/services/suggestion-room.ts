import { AppError, type Caller, type Database, notFound, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import {
  type ConsultationForAi,
  findConsultation,
  readRuns,
  readSuggestions,
  readUtterances,
  type StoredRun,
  type StoredSuggestion,
} from './suggestion-store.ts';
import type { Utterance } from './utterance.ts';

/** A room as the suggestions read it. */
export interface Room {
  consultation: ConsultationForAi;
  utterances: Utterance[];
  suggestions: StoredSuggestion[];
  runs: Map<string, StoredRun>;
}

/** @throws AppError not_found for a room that is not the caller's, forbidden for who may not see questions */
export async function readRoom(database: Database, caller: Caller, roomId: string): Promise<Room> {
  const read = async (trx: Trx): Promise<Room> => {
    const consultation = await findConsultation(trx, roomId);
    if (!consultation) throw notFound();
    return {
      consultation,
      utterances: await readUtterances(trx, roomId),
      suggestions: await readSuggestions(trx, roomId),
      runs: await readRuns(trx, roomId),
    };
  };
  switch (caller.kind) {
    case 'service':
      return database.asSystem('read a consultation for suggestions', async (trx) => {
        const room = await read(trx);
        // The token is for one consultation; another one does not exist for its bearer.
        if (caller.consultationId !== room.consultation.id) throw notFound();
        return room;
      });
    case 'member':
      return database.asUser(caller, async (trx) => {
        const room = await read(trx);
        await refuseWithoutDoctor(trx);
        return room;
      });
    case 'patient':
      throw caller.roomId === roomId ? new AppError('forbidden') : notFound();
  }
}

/** Administrators see that a consultation exists, not what is said in it. */
async function refuseWithoutDoctor(trx: Trx): Promise<void> {
  const { rows } = await sql<{ doctor: string | null }>`
    select app.current_doctor() as doctor`.execute(trx);
  if (!rows[0]?.doctor) throw new AppError('forbidden');
}
