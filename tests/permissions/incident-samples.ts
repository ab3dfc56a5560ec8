import type { permissions } from '@medcall/shared-types';
import type { Sample } from './sample.ts';
import type { Scene } from './scene.ts';

const detected = '2026-01-05T12:00:00Z';

async function anIncident(scene: Scene): Promise<{ id: string; patientId: string }> {
  const { patientId, clinicaId } = await scene.consultation();
  const { id } = await scene.arrange((trx) =>
    trx
      .insertInto('incidents')
      .values({ clinica_id: clinicaId, title: 'Um notebook furtado', detected_at: detected })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await scene.arrange((trx) =>
    trx
      .insertInto('incident_people')
      .values({ incident_id: id, clinica_id: clinicaId, patient_id: patientId, found_by: 'hand' })
      .execute(),
  );
  return { id, patientId };
}

function ofIncident(more: { body?: unknown; query?: Record<string, string> } = {}): Sample {
  return {
    async ask(scene) {
      const { id } = await anIncident(scene);
      return { path: { id }, ...more };
    },
  };
}

const period = { from: detected, to: '2026-01-06T12:00:00Z' };

/** The register of incidents: the administration's alone. */
export const incidentSamples = {
  'GET /api/incidents': {
    async ask(scene) {
      const { id } = await anIncident(scene);
      return { shows: id };
    },
  },
  'POST /api/incidents': {
    about: 'role',
    async ask() {
      return { body: { title: 'Um e-mail ao endereço errado', detected_at: detected } };
    },
  },
  'GET /api/incidents/:id': ofIncident(),
  'PATCH /api/incidents/:id': ofIncident({ body: { revision: 1, title: 'Dois notebooks' } }),
  'POST /api/incidents/:id/steps': ofIncident({
    body: {
      step: 'assess',
      revision: 1,
      significant: false,
      criteria: [],
      assessment: 'O disco estava cifrado.',
    },
  }),
  'GET /api/incidents/:id/history': ofIncident(),
  'GET /api/incidents/:id/candidates': ofIncident({ query: period }),
  'GET /api/incidents/:id/people': ofIncident(),
  'POST /api/incidents/:id/people': ofIncident({ body: { filter: period } }),
  'DELETE /api/incidents/:id/people/:patientId': {
    async ask(scene) {
      const { id, patientId } = await anIncident(scene);
      return { path: { id, patientId } };
    },
  },
  'GET /api/incidents/:id/notice': ofIncident(),
  'GET /api/incidents/:id/export': ofIncident({ query: { format: 'json' } }),
} as const satisfies Partial<Record<keyof typeof permissions, Sample>>;
