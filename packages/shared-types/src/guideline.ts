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

/** Query of `GET /api/guidelines`: without `q` the documents, with it the passages that answer. */
export const guidelineQuery = z.object({
  q: z.string().trim().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(30).default(8),
  mode: z.enum(['hybrid', 'text', 'embedding']).default('hybrid'),
  /** Leaves out what is for other ages or the other sex. */
  age: z.coerce.number().min(0).max(130).optional(),
  sex: z.enum(['F', 'M']).optional(),
  /** As the summaries name it ("pediatria", "medicina-de-familia"); a clinic's own documents have none and stay. */
  specialty: z
    .string()
    .regex(/^[a-z]+(?:-[a-z]+)*$/)
    .max(60)
    .optional(),
});

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
