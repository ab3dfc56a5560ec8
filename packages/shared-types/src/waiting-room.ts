import * as z from './lean.ts';
import { instant, uuid } from './lean-primitives.ts';

/** Characters of one message to the doctor. */
export const longestWaitingMessage = 500;
/** Messages of one consultation. */
export const mostWaitingMessages = 10;

/** What a patient left for the doctor while he waited. */
export const waitingMessage = z.object({ id: uuid, text: z.string(), created_at: instant });
export type WaitingMessage = z.Of<typeof waitingMessage>;

/** `GET /api/consultations/:id/waiting-place`: numbers alone, nobody's name. */
export const waitingPlace = z.object({
  /** Patients of the same doctor who came before and wait too. */
  ahead: z.count(),
  /** The doctor is with somebody else. */
  doctorBusy: z.boolean(),
});
export type WaitingPlace = z.Of<typeof waitingPlace>;
