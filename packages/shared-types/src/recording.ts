import { z } from 'zod';
import { instant, roomId, uuid } from './primitives.ts';
import { speaker } from './roles.ts';

/**
 * A row of `recordings`: one file of everybody (`mixed`) or of one person (`speaker`). Second 0 of
 * every file is the zero of the transcript. `erased`: the consent was taken back, the sound is gone.
 */
export const recording = z.object({
  id: uuid,
  room_id: roomId,
  session_id: uuid.nullable(),
  kind: z.enum(['mixed', 'speaker']),
  participant_id: uuid.nullable(),
  speaker: speaker.nullable(),
  status: z.enum(['assembling', 'ready', 'failed', 'erased']),
  /** Where the sound is, without the signature that opens it. */
  file_url: z.string().nullable(),
  content_type: z.string().nullable(),
  duration_seconds: z.number().nullable(),
  duration_ms: z.number().nullable(),
  size_bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  failure: z.string().nullable(),
  created_at: instant,
  updated_at: instant,
});
export type Recording = z.infer<typeof recording>;

/** `POST /api/recordings`: assemble what the log holds. */
export const requestRecordings = z.object({ room_id: roomId });

/** `POST /api/recordings/:id/url`: an address that plays until `expiresAt`; ask for a new one on 403. */
export const recordingUrl = z.object({ url: z.url(), expiresAt: instant });
export type RecordingUrl = z.infer<typeof recordingUrl>;

/** `GET /api/recordings/:id/peaks`: the loudest sample of each tenth of a second, 0 to 100. */
export const waveform = z.object({
  version: z.literal(1),
  perSecond: z.literal(10),
  durationMs: z.number(),
  peaks: z.array(z.number()),
});
export type Waveform = z.infer<typeof waveform>;
