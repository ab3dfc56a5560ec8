import { z } from 'zod';
import { uuid } from './primitives.ts';

/** What a reader must know of a document to trust it. */
export const guidelineFacts = z.object({
  title: z.string().trim().min(3).max(200),
  source: z.string().trim().min(3).max(300),
  year: z.coerce.number().int().min(1900).max(2200),
  url: z.url({ protocol: /^https?$/ }),
});
export type GuidelineFacts = z.infer<typeof guidelineFacts>;

/** Body of `POST /api/guidelines` for Markdown; a PDF is the body itself, with the facts as query. */
export const ingestGuideline = guidelineFacts.extend({
  markdown: z.string().min(1).max(2_000_000),
});

export const updateGuideline = z.object({ active: z.boolean() });

/** A clinic's own document. */
export const clinicGuideline = z.object({
  id: uuid,
  title: z.string(),
  source: z.string(),
  year: z.number().int(),
  url: z.string(),
  version: z.number().int(),
  active: z.boolean(),
  passages: z.number().int(),
});
export type ClinicGuideline = z.infer<typeof clinicGuideline>;
