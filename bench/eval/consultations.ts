import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatientContext } from '../../apps/backend/ai-service/src/services/questions/patient-context.ts';
import { type EvalConsultation, evalConsultation } from '../../tests/eval/eval-format.ts';

/** All consultations of tests/eval, by id. */
export async function readConsultations(root: string): Promise<EvalConsultation[]> {
  const folder = join(root, 'tests/eval/consultations');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) =>
      evalConsultation.parse(JSON.parse(await readFile(join(folder, name), 'utf8'))),
    ),
  );
}

/** What the patient's card says. */
export function onFile({ patient }: EvalConsultation): PatientContext {
  return { sex: patient.sex, ageYears: patient.age ?? (patient.age_months ?? 0) / 12 };
}

/** Written by an author who had not seen the rules, and never edited. */
export function isLate({ id }: EvalConsultation): boolean {
  return id.startsWith('late-');
}
