import type { Scene, SceneConsultation } from './scene.ts';

const sentence = { text: 'Refere melhora.', origin: 'doctor', transcription_ids: [] };
export const noteBody = { version: 0, sections: { subjetivo: [sentence] } };

/** A consultation whose note its own doctor has begun, and signed when asked for. */
export async function noted(scene: Scene, signed: boolean): Promise<SceneConsultation> {
  const consultation = await scene.consultation({ status: 'COMPLETED' });
  const note = `/api/consultations/${consultation.id}/note`;
  await scene.asDoctor('PUT', note, noteBody);
  if (signed) await scene.asDoctor('POST', `${note}/sign`, { version: 1 });
  return consultation;
}
