import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

export const consentType = z.enum(['care', 'recording', 'ai']);
export type ConsentType = z.infer<typeof consentType>;

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

export const consent = z.object({
  id: uuid,
  consultation_id: uuid,
  type: consentType,
  accepted: z.boolean(),
  text_version: z.string(),
  text_hash: z.string(),
  signer_name: z.string().nullable(),
  signer_relation: z.string().nullable(),
  guardian_id: uuid.nullable().optional(),
  created_at: instant,
});
export type Consent = z.infer<typeof consent>;

/** Texts that were in use before: who accepted one is held to what he read. Grows with each change below. */
export const earlierConsentTexts: Record<ConsentType, { version: string; text: string }[]> = {
  care: [],
  recording: [],
  ai: [],
};

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

/** The texts that a person accepts. The version and the SHA-256 of the text are stored with each consent. */
export const consentTexts: Record<ConsentType, { version: string; title: string; text: string }> = {
  care: {
    version: 'care-2026-11',
    title: 'Atendimento por telemedicina',
    text: 'Aceito ser atendido a distância, por vídeo e áudio. Sei que posso desistir a qualquer momento e pedir atendimento presencial, e que o registro da consulta fica guardado no prontuário da clínica.',
  },
  recording: {
    version: 'recording-2026-11',
    title: 'Guardar o áudio da consulta',
    text: 'Autorizo a clínica a guardar o áudio desta consulta junto ao prontuário. Sem esta autorização, o áudio é apagado e nunca pode ser ouvido depois.',
  },
  ai: {
    version: 'ai-2026-11',
    title: 'Transcrição com inteligência artificial',
    text: 'Autorizo que a conversa seja transformada em texto por um programa e que o médico veja sugestões de perguntas. Nenhuma decisão é tomada pelo programa. Posso retirar esta autorização durante a consulta.',
  },
};
