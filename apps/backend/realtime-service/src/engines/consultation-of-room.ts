import type { Database } from '@medcall/service-kit';

/** The consultation that a room belongs to; null for a room that does not exist. */
export function consultationOfRoom(database: Database, roomId: string): Promise<string | null> {
  return database.asSystem('consultation of a room', async (trx) => {
    const row = await trx
      .selectFrom('consultations')
      .select('id')
      .where('room_id', '=', roomId)
      .executeTakeFirst();
    return row?.id ?? null;
  });
}
