import { z } from 'zod';
import { retranscriptionRefusal } from './failures.ts';
import { instant, listOf, uuid } from './primitives.ts';
import { speaker } from './roles.ts';

/** What transcribing again came to, in utterances. */
export const retranscriptionResult = z.object({
  /** Heard now and not before. */
  added: z.number(),
  /** With another text. */
  changed: z.number(),
  /** Gave way to a longer one that holds their words. */
  joined: z.number(),
  /** Corrected by a person, and left as they were. */
  kept: z.number(),
  /** No engine could decode them; what stood there stands. */
  unheard: z.number(),
});
export type RetranscriptionResult = z.infer<typeof retranscriptionResult>;

/** A row of `retranscriptions`: the job that a doctor asked for. */
export const retranscriptionJob = z.object({
  id: uuid,
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Seconds of the consultation that were heard again, of how many; 0 of 0 before it begins. */
  secondsDone: z.number(),
  secondsTotal: z.number(),
  /** Null until it is done. */
  result: retranscriptionResult.nullable(),
  /** A `retranscriptionFailure`, or the code of an error. */
  failure: z.string().nullable(),
  created_at: instant,
  finished_at: instant.nullable(),
});
export type RetranscriptionJob = z.infer<typeof retranscriptionJob>;

/** `/api/rooms/:roomId/retranscription`: whether a room can be transcribed again, and its latest job. */
export const retranscription = z.object({
  /** Why it cannot be now; null when it can, and while a job is on its way. */
  refusal: retranscriptionRefusal.nullable(),
  job: retranscriptionJob.nullable(),
});
export type Retranscription = z.infer<typeof retranscription>;

/** One utterance that the latest job changed: the texts that stood there, and the one that does. */
export const retranscribedUtterance = z.object({
  id: uuid,
  speaker,
  start_ms: z.number(),
  /** Empty for one that was not there. */
  before: z.array(z.string()),
  after: z.string(),
});
export type RetranscribedUtterance = z.infer<typeof retranscribedUtterance>;

/** `GET /api/rooms/:roomId/retranscription/changes`, in order of time. */
export const retranscriptionChanges = listOf(retranscribedUtterance);
