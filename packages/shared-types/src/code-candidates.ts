import { z } from 'zod';
import { uuid } from './primitives.ts';

/** A code that may fit, with the utterances that speak for it. Offered: the doctor chooses. */
export const codeCandidate = z.object({
  code: z.string(),
  label: z.string(),
  transcription_ids: z.array(uuid),
});
export type CodeCandidate = z.infer<typeof codeCandidate>;

const candidatesOfTable = z.object({ version: z.string(), items: z.array(codeCandidate) });

/** Candidates of both tables, each with the version that it was taken from. */
export const codeCandidates = z.object({ cid10: candidatesOfTable, ciap2: candidatesOfTable });
export type CodeCandidates = z.infer<typeof codeCandidates>;
