import { z } from 'zod';
import { aiNotice } from './ai-notice.ts';
import { codeCandidates } from './code-candidates.ts';
import { noteSections } from './note.ts';
import { uuid } from './primitives.ts';

/** Sentences that were not written because the transcript does not support them, by reason. */
export const droppedSentences = z.object({
  count: z.number().int().min(0),
  reasons: z.record(z.string(), z.number().int().min(1)),
});
export type DroppedSentences = z.infer<typeof droppedSentences>;

const engineUsed = {
  engine: z.string(),
  engine_version: z.string(),
  prompt_hash: z.string().nullable(),
  /** The vendor's id of the output; none for the embedded engine. */
  output_id: z.string().nullish(),
};

/** Body of `POST /api/notes/draft` and `POST /api/notes/letter` (service token). */
export const requestNoteDraft = z.object({ consultation_id: uuid });

/** A draft as an engine wrote it; every sentence names its utterances. */
export const noteDraft = z.object({
  sections: noteSections,
  candidates: codeCandidates,
  dropped: droppedSentences,
  /** Why the embedded engine stood in, for the doctor to read. */
  notice: aiNotice.optional(),
  ...engineUsed,
});
export type NoteDraft = z.infer<typeof noteDraft>;

/** A letter to the patient, in plain language, for the doctor to read and approve. */
export const letterDraft = z.object({ text: z.string().min(1), ...engineUsed });
export type LetterDraft = z.infer<typeof letterDraft>;
