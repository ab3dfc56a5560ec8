import type { permissions } from '@medcall/shared-types';
import type { Sample } from './sample.ts';
import type { Scene } from './scene.ts';

async function aRequest(
  scene: Scene,
  kind: 'access' | 'erasure',
): Promise<{ id: string; patientId: string }> {
  const { patientId, clinicaId } = await scene.consultation();
  const { id } = await scene.arrange((trx) =>
    trx
      .insertInto('data_requests')
      .values({ clinica_id: clinicaId, patient_id: patientId, kind })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return { id, patientId };
}

/** Requests of data subjects: about people whom the doctor cares for, or the administration's clinic. */
export const dataRequestSamples = {
  'GET /api/data-requests': {
    async ask(scene) {
      const { id, patientId } = await aRequest(scene, 'access');
      return { query: { patient_id: patientId }, shows: id };
    },
  },
  'POST /api/data-requests': {
    async ask(scene) {
      const { patientId } = await scene.consultation();
      return { body: { patient_id: patientId, kind: 'access' } };
    },
  },
  'PATCH /api/data-requests/:id': {
    async ask(scene) {
      const { id } = await aRequest(scene, 'access');
      return { path: { id }, body: { status: 'in_progress' } };
    },
  },
  'POST /api/data-requests/:id/erase': {
    async ask(scene) {
      const { id } = await aRequest(scene, 'erasure');
      return { path: { id } };
    },
  },
  'GET /api/patients/:id/export': {
    async ask(scene) {
      const { patientId } = await scene.consultation();
      return { path: { id: patientId }, query: { format: 'json' } };
    },
  },
} as const satisfies Partial<Record<keyof typeof permissions, Sample>>;
