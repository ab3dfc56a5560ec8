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

/** What was said in a folder's recordings. */
export async function readReference(folder: string): Promise<Reference> {
  const file = path.join(folder, 'reference.json');
  return referenceFile.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Reads a folder with `medico.wav`, `paciente.wav` and `reference.json`; both tracks get one length. */
export async function readDialogue(folder: string): Promise<Dialogue> {
  const [doctor, patient, reference] = await Promise.all([
    readWav(path.join(folder, 'medico.wav')),
    readWav(path.join(folder, 'paciente.wav')),
    readReference(folder),
  ]);
  const durationMs = Math.max(doctor.durationMs, patient.durationMs);
  return {
    folder,
    reference,
    doctor: padTo(doctor, durationMs),
    patient: padTo(patient, durationMs),
    durationMs,
  };
}
