import { z } from 'zod';
import { instant, roomId, uuid } from './primitives.ts';
import { speaker } from './roles.ts';

/** One utterance as it travels to the people in the room. */
export const transcriptionEvent = z.object({
  id: uuid,
  roomId: roomId,
  participantId: uuid,
  speaker: speaker,
  /**
   * In person, while nothing but the order of speaking tells which of the voices is the doctor's:
   * to be shown as a guess. Holds for the labels of the room as this event left it.
   */
  speakerTentative: z.boolean().optional(),
  text: z.string(),
  /** Milliseconds from the consultation's zero (first start-transcription or start-recording). */
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** The instant of startMs. */
  timestamp: instant,
  isFinal: z.boolean(),
  revision: z.number().int().min(0),
  confidence: z.number().min(0).max(1).nullable(),
  /** Rows that this utterance takes the place of. */
  replaces: z.array(uuid).optional(),
});
export type TranscriptionEvent = z.infer<typeof transcriptionEvent>;

/** A row of `transcriptions` in the transcript, in order of startMs. */
export const transcriptUtterance = z.object({
  id: uuid,
  room_id: roomId,
  participant_id: uuid.nullable(),
  speaker: speaker,
  text: z.string(),
  raw_text: z.string().nullable(),
  start_ms: z.number().int(),
  end_ms: z.number().int(),
  timestamp: instant,
  confidence: z.number().nullable(),
  engine: z.string().nullable(),
  revision: z.number().int(),
});
export type TranscriptUtterance = z.infer<typeof transcriptUtterance>;

export const transcript = z.object({
  consultation_id: uuid,
  room_id: roomId,
  items: z.array(transcriptUtterance),
});
export type Transcript = z.infer<typeof transcript>;

export const transcriptQuery = z.object({ format: z.enum(['json', 'txt', 'vtt']).default('json') });
