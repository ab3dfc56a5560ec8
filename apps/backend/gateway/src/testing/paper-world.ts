import { createHash } from 'node:crypto';
import { documentView } from '@medcall/shared-types';
import pg from 'pg';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TwoClinics, twoClinics } from './two-clinics.ts';
import type { Api } from './world.ts';

export let world: TwoClinics;
export let owner: pg.Client;
export const born = '1961-03-09';

/** Two clinics whose patient has all that papers print: called once at the top of a test file. */
export function usePaperWorld(): void {
  beforeAll(async () => {
    world = await twoClinics();
    owner = new pg.Client({ connectionString: world.gateway.database.ownerUrl });
    await owner.connect();
    await owner.query('update patients set birth_date = $1, address = $2 where id = $3', [
      born,
      'Avenida Brasil, 5, Campinas, SP',
      world.joao.id,
    ]);
    await owner.query("update medicos set rqe = '4321' where id = $1", [
      world.clinic.doctor.medicoId,
    ]);
  });
  afterAll(async () => {
    await owner?.end();
    await world?.gateway.stop();
  });
}

export const prescription = {
  kind: 'prescription',
  content: {
    items: [{ medicine: 'Losartana potássica 50 mg', directions: '1 comprimido pela manhã.' }],
  },
};
export const leave = {
  kind: 'certificate',
  content: {
    purpose: 'leave',
    days: 3,
    from: '2026-11-26',
    cid10: [{ code: 'M54.5', label: 'Dor lombar baixa' }],
  },
};
export const root = (id: string) => `/api/consultations/${id}/documents`;

export async function aDraft(consultationId: string, body: object = prescription) {
  const made = await world.doctor('POST', root(consultationId), body);
  expect(made.status).toBe(201);
  return documentView.parse(made.body);
}

export async function anApproved(consultationId: string, body: object = prescription) {
  const draft = await aDraft(consultationId, body);
  const approved = await world.doctor('POST', `${root(consultationId)}/${draft.id}/approve`);
  expect(approved.status).toBe(200);
  return documentView.parse(approved.body);
}

/** What the PDF says, by another library than the one that drew it. */
export async function readPdf(api: Api, path: string): Promise<{ text: string; sha256: string }> {
  const answer = await api('GET', path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const { text } = await extractText(new Uint8Array(answer.bytes), { mergePages: true });
  return {
    text: text.normalize('NFC').replace(/\s+/g, ' '),
    sha256: createHash('sha256').update(answer.bytes).digest('hex'),
  };
}

export async function aSignedNote(body: object = {}) {
  const made = await world.aConsultation();
  const note = `/api/consultations/${made.id}/note`;
  await world.doctor('PUT', note, {
    sections: { subjetivo: [{ text: 'Dor lombar há três dias.' }], plano: [{ text: 'Repouso.' }] },
    cid10: [{ code: 'M54.5', label: 'Dor lombar baixa' }],
  });
  const signed = await world.doctor('POST', `${note}/sign`, body);
  expect(signed.status).toBe(200);
  return { made, note, signed: signed.body };
}

export async function aDocumentsLink(consultationId: string) {
  const made = await world.doctor('POST', '/api/invitations', {
    consultationId,
    kind: 'documents',
  });
  expect(made.status).toBe(201);
  return made.body as { id: string; token: string; url: string; expiresAt: string };
}

export const exchange = (token: string, birthDate?: string) =>
  world.nobody('POST', '/api/invitations/exchange', { token, ...(birthDate ? { birthDate } : {}) });
