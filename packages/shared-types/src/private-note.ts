import { z } from 'zod';
import { instant } from './primitives.ts';

/** Characters of a doctor's own notes of one consultation. */
export const longestPrivateNote = 20_000;

/** `GET /api/consultations/:id/private-note`: version 0 and no text while there was none. Versions never begin anew. */
export const privateNote = z.object({
  text: z.string(),
  version: z.number().int().min(0),
  updated_at: instant.nullable(),
});
export type PrivateNote = z.infer<typeof privateNote>;

/** Body of the PUT: `version` is the one that was read. An empty text takes the words away, not the count. */
export const savePrivateNote = z.object({
  text: z.string().max(longestPrivateNote),
  version: z.number().int().min(0),
});
export type SavePrivateNote = z.infer<typeof savePrivateNote>;
