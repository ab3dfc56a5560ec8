import type { Database } from '@medcall/service-kit';
import { isOpen } from '@medcall/shared-types';
import { consultationOfRoom } from '../engines/consultation-of-room.ts';
import type { KeptAudio } from '../recordings/kept-audio.ts';
import type { Consents } from './consents.ts';
import type { ConsultationReader } from './consultation-reader.ts';
import { LiveRoom, type LiveRoomParts } from './live-room.ts';
import type { StreamClaims } from './stream-claims.ts';
import type { StreamRows } from './stream-rows.ts';

/** What came of it; why not, where nothing did. */
export type Retranscribed =
  | { outcome: 'unknown_room' }
  /** It goes on, or its last sound is still on its way to text. */
  | { outcome: 'in_progress' }
  /** The patient's consent or the consultation's switch does not allow an engine. */
  | { outcome: 'not_allowed' }
  /** By the policy (24 hours after the end without the recording consent) or a withdrawal. */
  | { outcome: 'sound_deleted' }
  /** Nobody spoke, or the sound lies on another machine. */
  | { outcome: 'no_sound' }
  | { outcome: 'done'; streams: number; rows: number; added: number; changed: number };

export interface RetranscriptionParts {
  database: Database;
  reader: ConsultationReader;
  consents: Consents;
  streamRows: StreamRows;
  streamClaims: StreamClaims;
  kept: KeptAudio;
  /** With a writer that rederives, and nobody to tell. */
  room: LiveRoomParts;
}

/**
 * Derives the transcript of a consultation that is over from its audio log once more. The same sound gives
 * the same utterances, so what is missing is added, other texts are replaced, and what a person corrected
 * or a later utterance took the place of stays. Done twice, the second time changes nothing.
 */
export async function retranscribe(
  roomId: string,
  parts: RetranscriptionParts,
): Promise<Retranscribed> {
  const { consents, kept, reader, streamClaims, streamRows } = parts;
  const consultationId = await consultationOfRoom(parts.database, roomId);
  if (consultationId === null) return { outcome: 'unknown_room' };
  const view = await reader.byId(consultationId);
  if (isOpen(view.status)) return { outcome: 'in_progress' };
  if (!(await consents.aiAllowed(consultationId))) return { outcome: 'not_allowed' };
  const had = await streamRows.count(consultationId);
  if (had.streams > 0 && had.kept === 0) return { outcome: 'sound_deleted' };
  const sound = await kept.streamsOf(consultationId);
  if (sound.length === 0) return { outcome: 'no_sound' };
  const streams = await streamClaims.claimDrained(consultationId);
  if (streams === null) return { outcome: 'in_progress' };

  const before = await revisionsOf(parts.database, roomId);
  const room = new LiveRoom(view, parts.room);
  await room.load();
  await room.recoverAll(streams);
  await room.flush();
  await room.close();
  const after = await revisionsOf(parts.database, roomId);
  const changed = [...after].filter(([id, revision]) => {
    const earlier = before.get(id);
    return earlier !== undefined && earlier !== revision;
  });
  return {
    outcome: 'done',
    streams: streams.length,
    rows: after.size,
    added: after.size - before.size,
    changed: changed.length,
  };
}

function revisionsOf(database: Database, roomId: string): Promise<Map<string, number>> {
  return database.asSystem('rows to transcribe again', async (trx) => {
    const rows = await trx
      .selectFrom('transcriptions')
      .select(['id', 'revision'])
      .where('room_id', '=', roomId)
      .execute();
    return new Map(rows.map((row) => [row.id, row.revision]));
  });
}
