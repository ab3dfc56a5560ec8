import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Pcm, padTo, readWav } from '../client/wav.ts';

const referenceFile = z.object({
  id: z.string(),
  title: z.string().optional(),
  turns: z.array(
    z.object({
      speaker: z.enum(['MEDICO', 'PACIENTE']),
      start: z.number(),
      end: z.number(),
      text: z.string(),
    }),
  ),
  asked_keys: z.array(z.string()).default([]),
  unasked_keys: z.array(z.string()).default([]),
});
export type Reference = z.infer<typeof referenceFile>;

export interface Dialogue {
  folder: string;
  reference: Reference;
  doctor: Pcm;
  patient: Pcm;
  durationMs: number;
}

/** Reads a folder with `medico.wav`, `paciente.wav` and `reference.json`; both tracks get one length. */
export async function readDialogue(folder: string): Promise<Dialogue> {
  const [doctor, patient, reference] = await Promise.all([
    readWav(path.join(folder, 'medico.wav')),
    readWav(path.join(folder, 'paciente.wav')),
    readFile(path.join(folder, 'reference.json'), 'utf8'),
  ]);
  const durationMs = Math.max(doctor.durationMs, patient.durationMs);
  return {
    folder,
    reference: referenceFile.parse(JSON.parse(reference)),
    doctor: padTo(doctor, durationMs),
    patient: padTo(patient, durationMs),
    durationMs,
  };
}
