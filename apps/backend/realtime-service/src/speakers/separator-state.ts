import { z } from 'zod';
import { voiceProfileSchema } from './enrolment.ts';

const label = z.enum(['MEDICO', 'PACIENTE', 'UNKNOWN']);

const storedPieceSchema = z.object({
  id: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  values: z.array(z.number()),
  /** What the text says about the role; the text itself is not kept here. */
  cueOdds: z.number(),
  voice: z.enum(['A', 'B']).nullable(),
  label,
  confidence: z.number(),
  correction: label.nullable(),
});

/** A separator between two runs of the service; plain JSON. */
export const separatorSnapshotSchema = z.object({
  version: z.literal(1),
  embedder: z.string(),
  doctor: z.enum(['A', 'B']),
  enrolled: voiceProfileSchema.nullable(),
  pieces: z.array(storedPieceSchema),
});
export type SeparatorSnapshot = z.infer<typeof separatorSnapshotSchema>;
