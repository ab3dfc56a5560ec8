import { z } from 'zod';
import { consentType } from './consent-record.ts';
import { uuid } from './primitives.ts';

export const giveConsent = z.object({
  type: consentType,
  accepted: z.boolean(),
  textVersion: z.string().max(64).optional(),
  /** Who signs. Needed for what is accepted for a minor; else the patient himself. */
  signer: z
    .object({
      name: z.string().trim().min(2).max(200),
      relation: z.string().trim().min(2).max(80),
      guardian_id: uuid
        .optional()
        .describe(
          "The guardian's card in the clinic: name and relation are then those of the record. For the clinic's staff only; over a patient's link it is refused.",
        ),
    })
    .optional(),
  /** Where the patient says that he is (Res. CFM 2.314/2022, art. 13): printed on papers. */
  location: z.string().trim().min(2).max(200).optional(),
});
export type GiveConsent = z.infer<typeof giveConsent>;

/** `GET /api/consent-texts`: what a page of another maker shows, and the version that it sends back. */
export const consentTextView = z.object({
  type: consentType,
  version: z.string(),
  title: z.string(),
  text: z.string(),
  /** SHA-256 (hex), as it is stored with each consent. */
  hash: z.string(),
});
export type ConsentTextView = z.infer<typeof consentTextView>;
