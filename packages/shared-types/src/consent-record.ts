import * as z from './lean.ts';
import { instant, uuid } from './lean-primitives.ts';

export const consentTypes = ['care', 'recording', 'ai'] as const;
export const consentType = z.oneOf(consentTypes);
export type ConsentType = z.Of<typeof consentType>;

export const consent = z.object({
  id: uuid,
  consultation_id: uuid,
  type: consentType,
  accepted: z.boolean(),
  text_version: z.string(),
  text_hash: z.string(),
  signer_name: z.nullable(z.string()),
  signer_relation: z.nullable(z.string()),
  guardian_id: z.optional(z.nullable(uuid)),
  created_at: instant,
});
export type Consent = z.Of<typeof consent>;
