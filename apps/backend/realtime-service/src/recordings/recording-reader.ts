import type { Readable } from 'node:stream';
import {
  AppError,
  audit,
  type Database,
  type MemberCaller,
  notFound,
  type ObjectStore,
  recordingAllowed,
  type Trx,
} from '@medcall/service-kit';
import { type Recording, type Waveform, waveform } from '@medcall/shared-types';
import { sql } from 'kysely';
import { recordingRefused } from './recording-plan.ts';

/** A file that may be played right now. */
export interface PlayableFile {
  contentType: string;
  bytes: number;
  sha256: string;
  /** Bytes from..to, both included. */
  read(range?: { from: number; to: number }): Promise<Readable>;
}

/** Recordings as a member may see and hear them. */
export class RecordingReader {
  private readonly database: Database;
  private readonly store: ObjectStore;

  constructor(options: { database: Database; store: ObjectStore }) {
    this.database = options.database;
    this.store = options.store;
  }

  async list(
    caller: MemberCaller,
    filter: { roomId?: string; limit: number },
  ): Promise<Recording[]> {
    const rows = await this.database.asUser(caller, (trx) => {
      let query = trx
        .selectFrom('recordings')
        .select(columns)
        // A consultation's own stand together, also where one of its streams came to rest later.
        .orderBy(sql`max(created_at) over (partition by room_id)`, 'desc')
        .orderBy('room_id')
        .orderBy('kind')
        .orderBy('speaker')
        .limit(filter.limit);
      if (filter.roomId !== undefined) query = query.where('room_id', '=', filter.roomId);
      return query.execute();
    });
    return rows.map(toRecording);
  }

  /** Puts on the record that somebody opens a recording. @throws as `file` */
  async open(caller: MemberCaller, id: string): Promise<void> {
    await this.database.asUser(caller, async (trx) => {
      const row = await playable(trx, id);
      await audit(trx, {
        action: 'recording.opened',
        tableName: 'recordings',
        recordId: id,
        patientId: row.patient_id,
      });
    });
  }

  /**
   * The sound, after asking again who may hear it.
   * @throws AppError not_found for a recording that the caller cannot see or that has no sound,
   * forbidden without the recording consent, conflict while it is being assembled
   */
  async file(caller: MemberCaller, id: string): Promise<PlayableFile> {
    const row = await this.database.asUser(caller, (trx) => playable(trx, id));
    const { content_type, sha256, size_bytes, storage_key } = row;
    if (storage_key === null || content_type === null || sha256 === null || size_bytes === null) {
      throw notFound();
    }
    return {
      contentType: content_type,
      bytes: size_bytes,
      sha256,
      read: async (range) => {
        const stream = await this.store.read(storage_key, range);
        if (!stream) throw new AppError('unavailable', { cause: new Error('no such object') });
        return stream;
      },
    };
  }

  /** What a player draws. @throws as `file` */
  async waveform(caller: MemberCaller, id: string): Promise<Waveform> {
    const row = await this.database.asUser(caller, (trx) => playable(trx, id));
    const bytes = row.peaks_key === null ? null : await this.store.get(row.peaks_key);
    if (!bytes) throw notFound();
    return waveform.parse(JSON.parse(bytes.toString('utf8')));
  }
}

async function playable(trx: Trx, id: string) {
  const row = await trx
    .selectFrom('recordings as r')
    .innerJoin('consultations as c', 'c.room_id', 'r.room_id')
    .select([
      'r.status',
      'r.storage_key',
      'r.peaks_key',
      'r.content_type',
      'r.size_bytes',
      'r.sha256',
      'c.patient_id',
      recordingAllowed().as('allowed'),
    ])
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  if (!row.allowed) throw recordingRefused();
  switch (row.status) {
    case 'ready':
      return row;
    case 'assembling':
      throw new AppError('conflict', { message: 'A gravação ainda está sendo preparada.' });
    case 'failed':
    case 'erased':
      throw notFound();
  }
}

const columns = [
  'id',
  'room_id',
  'session_id',
  'kind',
  'participant_id',
  'speaker',
  'status',
  'file_url',
  'content_type',
  'duration_seconds',
  'duration_ms',
  'size_bytes',
  'sha256',
  'failure',
  'created_at',
  'updated_at',
] as const;

interface RecordingRow extends Omit<Recording, 'created_at' | 'updated_at'> {
  created_at: Date;
  updated_at: Date;
}

function toRecording(row: RecordingRow): Recording {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
