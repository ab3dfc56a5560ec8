import type { permissions } from '@medcall/shared-types';
import { noted } from './noted.ts';
import { ofConsultation, type Sample } from './sample.ts';
import type { Scene } from './scene.ts';

const draft = { kind: 'instructions', content: { text: 'Repouso e água.' } };

/** An ended consultation with a document that its doctor has begun, and approved when asked for. */
function ofDocument(approved: boolean, body?: unknown): Sample {
  return {
    async ask(scene) {
      const { id } = await scene.consultation({ status: 'COMPLETED' });
      const documents = `/api/consultations/${id}/documents`;
      const made = await scene.asDoctor('POST', documents, draft);
      const documentId: string = made.body.id;
      if (approved) await scene.asDoctor('POST', `${documents}/${documentId}/approve`, {});
      return { path: { id, documentId }, ...(body ? { body } : {}) };
    },
  };
}

function ofLetter(body?: unknown): Sample {
  return {
    async ask(scene: Scene) {
      const { id } = await noted(scene, true);
      await scene.asDoctor('PUT', `/api/consultations/${id}/letter`, { text: 'Prezada paciente.' });
      return { path: { id }, ...(body ? { body } : {}) };
    },
  };
}

function ofSignedNote(): Sample {
  return {
    async ask(scene) {
      const { id } = await noted(scene, true);
      return { path: { id } };
    },
  };
}

/** The papers of a consultation. */
export const paperSamples = {
  'GET /api/consultations/:id/note.pdf': ofSignedNote(),
  'GET /api/consultations/:id/documents': ofConsultation(),
  'GET /api/consultations/:id/documents/:documentId/pdf': {
    async ask(scene) {
      const consultation = await scene.consultation();
      const documents = `/api/consultations/${consultation.id}/documents`;
      const made = await scene.asDoctor('POST', documents, draft);
      const documentId: string = made.body.id;
      await scene.asDoctor('POST', `${documents}/${documentId}/approve`, {});
      return { path: { id: consultation.id, documentId }, consultation };
    },
  },
  'POST /api/consultations/:id/documents': ofConsultation(draft),
  'PUT /api/consultations/:id/documents/:documentId': ofDocument(false, { ...draft, version: 1 }),
  'POST /api/consultations/:id/documents/:documentId/approve': ofDocument(false, {}),
  'POST /api/consultations/:id/documents/:documentId/revoke': ofDocument(true, {
    reason: 'emitido por engano',
  }),
  'GET /api/consultations/:id/letter': ofLetter(),
  'PUT /api/consultations/:id/letter': ofLetter({ version: 1, text: 'Outra carta.' }),
  'POST /api/consultations/:id/letter/approve': ofLetter({}),
  'GET /api/verify/:code': {
    about: 'role',
    ask: async () => ({ path: { code: 'AAAA-BBBB-CCCC' } }),
  },
} as const satisfies Partial<Record<keyof typeof permissions, Sample>>;
