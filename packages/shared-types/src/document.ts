import { z } from 'zod';
import { codedItem } from './note.ts';
import { calendarDate, instant, uuid } from './primitives.ts';
import { paperSignature } from './signing.ts';

/** What a doctor gives a patient on paper. A letter has routes of its own. */
export const documentKind = z.enum([
  'note',
  'prescription',
  'certificate',
  'exam_request',
  'instructions',
  'letter',
]);
export type DocumentKind = z.infer<typeof documentKind>;

export const documentTitles: Record<DocumentKind, string> = {
  note: 'Registro da consulta',
  prescription: 'Receita',
  certificate: 'Atestado médico',
  exam_request: 'Solicitação de exames',
  instructions: 'Orientações',
  letter: 'Carta ao paciente',
};

const line = z.string().trim().min(1).max(500);
const paragraphs = z.string().trim().min(1).max(20_000);

export const prescriptionContent = z.object({
  items: z
    .array(
      z.object({
        medicine: line,
        /** How to take it: dose, times, for how long. */
        directions: z.string().trim().min(1).max(1000),
        quantity: z.string().trim().max(100).optional(),
        continuous: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(40),
  notes: paragraphs.optional(),
});

/** A leave of some days, or the proof of having been here; the rest is the doctor's own text. */
export const certificateContent = z
  .object({
    purpose: z.enum(['leave', 'attendance', 'other']),
    days: z.number().int().min(1).max(365).optional(),
    from: calendarDate.optional(),
    text: paragraphs.optional(),
    /** Printed only when the patient asks for it (`shows_cid`). */
    cid10: z.array(codedItem).max(5).optional(),
  })
  .refine((c) => c.purpose !== 'leave' || (c.days !== undefined && c.from !== undefined), {
    message: 'um afastamento tem dias e data de início',
  })
  .refine((c) => c.purpose !== 'other' || c.text !== undefined, {
    message: 'escreva o texto do atestado',
  });

export const examRequestContent = z.object({
  items: z.array(line).min(1).max(60),
  indication: paragraphs.optional(),
  cid10: z.array(codedItem).max(5).optional(),
});

export const textContent = z.object({ text: paragraphs });

/** The signed note with its addenda is read from the record, never sent in. */
export const noteContent = z.object({}).strip();

/** Written by the doctor, or drafted by an engine and then the doctor's by approval. */
export const letterContent = z.object({
  text: paragraphs,
  origin: z.enum(['ai', 'doctor']).default('doctor'),
  engine: z.string().max(200).nullish(),
  engine_version: z.string().max(200).nullish(),
  prompt_hash: z.string().max(200).nullish(),
});
export type LetterContent = z.infer<typeof letterContent>;

const title = z.string().trim().min(2).max(120).optional();
/** The patient asked for the CID on this paper: without that it is never printed. */
const showsCid = z.boolean().default(false);

export const documentDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prescription'), title, showsCid, content: prescriptionContent }),
  z.object({ kind: z.literal('certificate'), title, showsCid, content: certificateContent }),
  z.object({ kind: z.literal('exam_request'), title, showsCid, content: examRequestContent }),
  z.object({ kind: z.literal('instructions'), title, showsCid, content: textContent }),
  z.object({ kind: z.literal('note'), title, showsCid, content: noteContent.default({}) }),
]);
export type DocumentDraft = z.infer<typeof documentDraft>;

/** A draft in place of another one: of the version that the person saw. */
export const replaceDocument = z.intersection(
  documentDraft,
  z.object({ version: z.number().int().min(1) }),
);
/** With a version, what is approved is what the doctor read. */
export const approveDocument = z.object({ version: z.number().int().min(1).optional() });

/** Content as it is stored, by kind. */
export const storedDocument = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prescription'), content: prescriptionContent }),
  z.object({ kind: z.literal('certificate'), content: certificateContent }),
  z.object({ kind: z.literal('exam_request'), content: examRequestContent }),
  z.object({ kind: z.literal('instructions'), content: textContent }),
  z.object({ kind: z.literal('note'), content: noteContent }),
  z.object({ kind: z.literal('letter'), content: letterContent }),
]);
export type StoredDocument = z.infer<typeof storedDocument>;

export const documentStatus = z.enum(['draft', 'approved', 'revoked']);

export const documentView = z.object({
  id: uuid,
  consultation_id: uuid,
  kind: documentKind,
  title: z.string(),
  status: documentStatus,
  version: z.number().int(),
  shows_cid: z.boolean(),
  content: z.record(z.string(), z.unknown()),
  approved_at: instant.nullable(),
  verification_code: z.string().nullable(),
  hash: z.string().nullable(),
  /** By whose certificate the PDF is signed. */
  signature: paperSignature.nullish(),
  created_at: instant,
});
export type DocumentView = z.infer<typeof documentView>;

export const revokeDocument = z.object({ reason: z.string().trim().min(3).max(500) });

/** The patient's letter; `version` is the one that was read, 0 or nothing when there is none yet. */
export const saveLetter = z.object({
  version: z.number().int().min(0).default(0),
  text: paragraphs,
});
export type SaveLetter = z.infer<typeof saveLetter>;
export const approveLetter = z.object({ version: z.number().int().min(1).optional() });

export const letterView = z.object({
  id: uuid,
  status: documentStatus,
  version: z.number().int(),
  text: z.string(),
  origin: z.enum(['ai', 'doctor']),
  engine: z.string().nullable(),
  approved_at: instant.nullable(),
  verification_code: z.string().nullable(),
});
export type LetterView = z.infer<typeof letterView>;

/** What anybody with a printed code may learn: whether it is genuine, never what it says. */
export const verification = z.object({
  code: z.string(),
  kind: documentKind,
  title: z.string(),
  status: z.enum(['valid', 'revoked']),
  issuedAt: instant,
  revokedAt: instant.nullable(),
  doctor: z.object({ name: z.string(), crm: z.string() }),
  clinic: z.string(),
  /** First letters of the patient's names: tells a code copied onto another paper. */
  patientInitials: z.string(),
  /** SHA-256 of the PDF file, for comparing with a file at hand. */
  pdfSha256: z.string().nullable(),
  /** By whose certificate the file is signed. */
  signature: paperSignature.pick({ holder: true, issuer: true, test: true }).nullish(),
  /** SHA-256 of the signed content. */
  hash: z.string(),
  /** Corrections written after signing, which this paper cannot show. */
  addenda: z.number().int(),
});
export type Verification = z.infer<typeof verification>;
