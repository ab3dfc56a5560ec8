import { z } from 'zod';
import { instant, uuid } from './primitives.ts';

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
