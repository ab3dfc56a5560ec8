import { anamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import { z } from 'zod';

const text = z.string().trim().min(1);
const utteranceId = z.string().regex(/^u[1-9]\d*$/);
/** Phrases are matched by phrase-match.ts; a trailing space is meant, so nothing is trimmed. */
const phrase = z.string().regex(/\S/);
const section = z.enum(['subjetivo', 'objetivo', 'avaliacao', 'plano']);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

export const queryKinds = ['clinical', 'natural', 'lay'] as const;

/** One retrieval query; `retrieval/README.md` says what each field means. */
export const evalQuery = z.strictObject({
  id: slug,
  kind: z.enum(queryKinds),
  query: text,
  relevant: z.array(slug).min(1).max(3),
  section: slug.optional(),
  note: text.optional(),
});

export const evalQueries = z.array(evalQuery);

const patient = z
  .strictObject({
    sex: z.enum(['F', 'M']),
    age: z.int().min(0).max(120).optional(),
    age_months: z.int().min(0).max(36).optional(),
    guardian: z.boolean().optional(),
  })
  .refine((value) => (value.age === undefined) !== (value.age_months === undefined), {
    error: 'exactly one of age and age_months',
  });

const utterance = z.strictObject({
  id: utteranceId,
  speaker: z.enum(['MEDICO', 'PACIENTE']),
  startMs: z.int().nonnegative(),
  endMs: z.int().positive(),
  text,
});

const checkpoint = z.strictObject({
  after: utteranceId,
  unasked: z.array(anamnesisTopic),
  asked: z.array(anamnesisTopic).min(1),
});

const redFlag = z.strictObject({
  key: slug,
  topic: anamnesisTopic,
  description: text,
  raised_by: utteranceId,
  should_be_asked_after: utteranceId,
});

const fact = z.strictObject({
  id: z.string().regex(/^f[1-9]\d*$/),
  section,
  also_accepted_in: z.array(section).min(1).optional(),
  fact: text,
  must_contain_any: z.array(z.array(phrase).min(1)).min(1),
  negated: z.boolean(),
  support: z.array(utteranceId).min(1),
});

const lure = z.strictObject({
  text,
  why: text,
  forbidden_any: z.array(phrase).min(1),
  allowed_with: z.array(phrase),
});

/** One synthetic consultation with its reference; `consultations/README.md` says what each field means. */
export const evalConsultation = z.strictObject({
  id: slug,
  title: text,
  patient,
  type: z.enum(['ONLINE', 'PRESENCIAL']),
  transcription: z.literal('faulty').optional(),
  utterances: z.array(utterance).min(16).max(40),
  checkpoints: z.array(checkpoint).min(1),
  red_flags: z.array(redFlag).min(1),
  facts: z.array(fact).min(8),
  lures: z.array(lure).min(1),
  cid10_candidates: z.array(z.string().regex(/^[A-Z]\d\d$/)).min(1),
  ciap2_candidates: z.array(z.string().regex(/^[A-Z]\d\d$/)).min(1),
});

export type EvalConsultation = z.infer<typeof evalConsultation>;
