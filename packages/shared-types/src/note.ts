import { z } from 'zod';
import { aiNotice } from './ai-notice.ts';
import { codeCandidates } from './code-candidates.ts';
import { instant, uuid } from './primitives.ts';
import { paperSignature } from './signing.ts';

/** One sentence of a note. AI sentences always name the utterances that they rest on. */
export const noteSentence = z
  .object({
    id: uuid,
    text: z.string().min(1).max(4000),
    origin: z.enum(['ai', 'doctor']),
    transcription_ids: z.array(uuid),
  })
  .refine((s) => s.origin === 'doctor' || s.transcription_ids.length > 0, {
    message: 'an AI sentence needs at least one utterance',
  });
export type NoteSentence = z.infer<typeof noteSentence>;

export const noteSections = z.object({
  subjetivo: z.array(noteSentence),
  objetivo: z.array(noteSentence),
  avaliacao: z.array(noteSentence),
  plano: z.array(noteSentence),
});

export const codedItem = z.object({ code: z.string(), label: z.string() });
export type CodedItem = z.infer<typeof codedItem>;
export type NoteSections = z.infer<typeof noteSections>;
export const noteSectionNames = ['subjetivo', 'objetivo', 'avaliacao', 'plano'] as const;
export type NoteSectionName = (typeof noteSectionNames)[number];

export const note = z.object({
  status: z.enum(['rascunho', 'assinada']),
  version: z.number().int(),
  sections: noteSections,
  cid10: z.array(codedItem),
  ciap2: z.array(codedItem),
  signed_at: instant.nullable(),
  hash: z.string().nullable(),
});
export type Note = z.infer<typeof note>;

/** A correction of a signed note: the note itself does not change. */
export const noteAddendum = z.object({
  id: uuid,
  text: z.string(),
  doctor: z.object({ id: uuid, nome: z.string(), crm: z.string() }),
  created_at: instant,
  hash: z.string(),
});
export type NoteAddendum = z.infer<typeof noteAddendum>;

/** `GET /api/consultations/:id/note`: the note with what a screen needs around it. */
export const noteView = note.extend({
  id: uuid,
  signed_by: uuid.nullable(),
  verification_code: z.string().nullable(),
  /** Which engine drafted it; null for a note that a doctor began. */
  engine: z.string().nullable(),
  engine_version: z.string().nullable(),
  /** Codes that the last draft offers; null for a note without one. None is chosen until the doctor does. */
  candidates: codeCandidates.nullable(),
  /** Sentences of the last draft that the transcript does not support: they were not written. */
  dropped_sentences: z.number().int(),
  /** Why the embedded engine wrote the last draft in the place of the one that the clinic chose. */
  notice: aiNotice.nullish(),
  addenda: z.array(noteAddendum),
  /** By whose certificate the PDF is signed. */
  signature: paperSignature.nullish(),
  /** Utterances that were merged or corrected since, and the row that took their place. */
  superseded: z.record(uuid, uuid),
});
export type NoteView = z.infer<typeof noteView>;

const sentenceInput = z
  .object({
    /** Left out for a new sentence. */
    id: uuid.optional(),
    text: z.string().trim().min(1).max(4000),
    origin: z.enum(['ai', 'doctor']).default('doctor'),
    transcription_ids: z.array(uuid).max(200).default([]),
  })
  .refine((s) => s.origin === 'doctor' || s.transcription_ids.length > 0, {
    message: 'uma frase da IA precisa da fala em que se apoia',
  });
export type NoteSentenceInput = z.infer<typeof sentenceInput>;

const sectionInput = z.array(sentenceInput).max(300);
const codedInput = z
  .array(
    z.object({
      code: z.string().trim().min(1).max(12),
      label: z.string().trim().min(1).max(300),
    }),
  )
  .max(30);

/** `version` is the one that was read; 0, or nothing, when there is no note yet. */
export const saveNote = z.object({
  version: z.number().int().min(0).default(0),
  sections: z.object({
    subjetivo: sectionInput.default([]),
    objetivo: sectionInput.default([]),
    avaliacao: sectionInput.default([]),
    plano: sectionInput.default([]),
  }),
  cid10: codedInput.optional(),
  ciap2: codedInput.optional(),
});
export type SaveNote = z.infer<typeof saveNote>;

/** `showsCid` only when the patient asked for the code on paper. */
export const signNote = z.object({
  version: z.number().int().min(1).optional(),
  showsCid: z.boolean().default(false),
});
export type SignNote = z.infer<typeof signNote>;

export const addAddendum = z.object({ text: z.string().trim().min(1).max(8000) });

/** What an engine did in this consultation, and what the doctor made of it. Never for the patient. */
export const aiUse = z.object({
  kind: z.enum(['suggestions', 'note']),
  engine: z.string(),
  engine_version: z.string().nullable(),
  prompt_hash: z.string().nullable(),
  /** The vendor's id of the output; null for the embedded engine. */
  output_id: z.string().nullable(),
  at: instant,
  /** Text that the engine gave, with the decision on each. */
  outputs: z.array(
    z.object({
      id: uuid,
      text: z.string(),
      decision: z.enum(['pending', 'used', 'dismissed', 'kept', 'edited', 'removed']),
    }),
  ),
});
export type AiUse = z.infer<typeof aiUse>;
