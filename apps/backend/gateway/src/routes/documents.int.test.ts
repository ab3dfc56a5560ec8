import { createHash } from 'node:crypto';
import { documentView, letterView, listOf, verification } from '@medcall/shared-types';
import pg from 'pg';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { type Api, apiOf } from '../testing/world.ts';

let world: TwoClinics;
let owner: pg.Client;
const born = '1961-03-09';

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

const prescription = {
  kind: 'prescription',
  content: {
    items: [{ medicine: 'Losartana potássica 50 mg', directions: '1 comprimido pela manhã.' }],
  },
};
const leave = {
  kind: 'certificate',
  content: {
    purpose: 'leave',
    days: 3,
    from: '2026-11-26',
    cid10: [{ code: 'M54.5', label: 'Dor lombar baixa' }],
  },
};
const root = (id: string) => `/api/consultations/${id}/documents`;

async function aDraft(consultationId: string, body: object = prescription) {
  const made = await world.doctor('POST', root(consultationId), body);
  expect(made.status).toBe(201);
  return documentView.parse(made.body);
}

async function anApproved(consultationId: string, body: object = prescription) {
  const draft = await aDraft(consultationId, body);
  const approved = await world.doctor('POST', `${root(consultationId)}/${draft.id}/approve`);
  expect(approved.status).toBe(200);
  return documentView.parse(approved.body);
}

/** What the PDF says, by another library than the one that drew it. */
async function readPdf(api: Api, path: string): Promise<{ text: string; sha256: string }> {
  const answer = await api('GET', path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const { text } = await extractText(new Uint8Array(answer.bytes), { mergePages: true });
  return {
    text: text.normalize('NFC').replace(/\s+/g, ' '),
    sha256: createHash('sha256').update(answer.bytes).digest('hex'),
  };
}

async function aSignedNote(body: object = {}) {
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

async function aDocumentsLink(consultationId: string) {
  const made = await world.doctor('POST', '/api/invitations', {
    consultationId,
    kind: 'documents',
  });
  expect(made.status).toBe(201);
  return made.body as { id: string; token: string; url: string; expiresAt: string };
}

const exchange = (token: string, birthDate?: string) =>
  world.nobody('POST', '/api/invitations/exchange', { token, ...(birthDate ? { birthDate } : {}) });

describe('the note’s PDF', () => {
  it('is drawn once at signing and served unchanged, whatever changes around it', async () => {
    const { made, note, signed } = await aSignedNote();
    const first = await readPdf(world.doctor, `${note}.pdf`);
    for (const part of [
      'Dor lombar há três dias.',
      world.joao.name,
      world.clinic.doctor.name,
      'RQE 4321',
      'Avenida Brasil, 5, Campinas, SP',
      'por telemedicina',
      signed.verification_code,
      signed.hash,
    ]) {
      expect(first.text).toContain(part);
    }
    expect(first.text).not.toContain('RASCUNHO');
    const { rows } = await owner.query('select pdf_key, pdf_sha256 from notes where id = $1', [
      signed.id,
    ]);
    expect(rows[0]).toMatchObject({ pdf_sha256: first.sha256 });
    await owner.query("update patients set name = 'Outro Nome' where id = $1", [made.patient_id]);
    const later = await readPdf(world.doctor, `${note}.pdf`);
    await owner.query('update patients set name = $1 where id = $2', [
      world.joao.name,
      made.patient_id,
    ]);
    expect(later.sha256).toBe(first.sha256);
  });

  it('carries RASCUNHO and no code before it is signed', async () => {
    const made = await world.aConsultation();
    const note = `/api/consultations/${made.id}/note`;
    await world.doctor('PUT', note, { sections: { plano: [{ text: 'Repouso.' }] } });
    const { text } = await readPdf(world.doctor, `${note}.pdf`);
    expect(text).toContain('RASCUNHO');
    expect(text).not.toContain('código');
  });

  it('prints the CID only when the patient asked for it', async () => {
    const without = await aSignedNote();
    expect((await readPdf(world.doctor, `${without.note}.pdf`)).text).not.toContain('M54.5');
    const asked = await aSignedNote({ showsCid: true });
    const { text } = await readPdf(world.doctor, `${asked.note}.pdf`);
    expect(text).toContain('CID-10: M54.5 Dor lombar baixa');
    expect(text).toContain('a pedido do paciente');
  });

  it('is refused when the filed file was changed', async () => {
    const { note, signed } = await aSignedNote();
    await owner.query('set session_replication_role = replica');
    await owner.query("update notes set pdf_sha256 = repeat('0', 64) where id = $1", [signed.id]);
    await owner.query('set session_replication_role = origin');
    expect(code(await world.doctor('GET', `${note}.pdf`))).toEqual([503, 'unavailable']);
  });
});

describe('documents', () => {
  it('are drafts with RASCUNHO until the doctor approves; then they change no more', async () => {
    const made = await world.aConsultation();
    const draft = await aDraft(made.id);
    const path = `${root(made.id)}/${draft.id}`;
    expect((await readPdf(world.doctor, `${path}/pdf`)).text).toContain('RASCUNHO');
    const changes = {
      ...prescription,
      version: 1,
      content: { items: [{ medicine: 'Dipirona 500 mg', directions: 'se dor', quantity: '10' }] },
    };
    const changed = await world.doctor('PUT', path, changes);
    expect(changed.body).toMatchObject({ status: 'draft', version: 2 });
    // From another tab, which still shows the first version.
    for (const late of [
      await world.doctor('PUT', path, changes),
      await world.doctor('POST', `${path}/approve`, { version: 1 }),
    ]) {
      expect(code(late)).toEqual([409, 'version_conflict']);
      expect(late.body.error.details).toEqual({ version: 2 });
    }
    const approval = await world.doctor('POST', `${path}/approve`, { version: 2 });
    const approved = documentView.parse(approval.body);
    expect(approved).toMatchObject({
      status: 'approved',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const afterwards = { ...prescription, version: 3 };
    expect(code(await world.doctor('PUT', path, afterwards))).toEqual([409, 'conflict']);
    expect(code(await world.doctor('POST', `${path}/approve`))).toEqual([409, 'conflict']);
    await expect(
      owner.query("update documents set content = '{}' where id = $1", [draft.id]),
    ).rejects.toMatchObject({ code: '23001' });
    const first = await readPdf(world.doctor, `${path}/pdf`);
    expect(first.text).toContain('Dipirona 500 mg');
    expect(first.text).toContain('Quantidade: 10');
    expect((await readPdf(world.doctor, `${path}/pdf`)).sha256).toBe(first.sha256);
  });

  it('print the CID only on the patient’s request, and say so', async () => {
    const made = await world.aConsultation();
    const plain = await anApproved(made.id, leave);
    const { text } = await readPdf(world.doctor, `${root(made.id)}/${plain.id}/pdf`);
    expect(text).toContain('necessita de 3 dias de afastamento');
    expect(text).toContain('a partir de 26/11/2026');
    expect(text).not.toContain('M54.5');
    const asked = await anApproved(made.id, { ...leave, showsCid: true });
    const withCid = await readPdf(world.doctor, `${root(made.id)}/${asked.id}/pdf`);
    expect(withCid.text).toContain('M54.5');
    expect(withCid.text).toContain('a pedido do paciente');
  });

  it('of the kind note copy the signed note with its addenda', async () => {
    const open = await world.aConsultation();
    expect(code(await world.doctor('POST', root(open.id), { kind: 'note' }))).toEqual([
      409,
      'conflict',
    ]);
    const { made, note } = await aSignedNote();
    await world.doctor('POST', `${note}/addenda`, { text: 'Leia-se cinco dias.' });
    const copy = await anApproved(made.id, { kind: 'note' });
    const { text } = await readPdf(world.doctor, `${root(made.id)}/${copy.id}/pdf`);
    expect(text).toContain('Dor lombar há três dias.');
    expect(text).toContain('Leia-se cinco dias.');
    expect(text).not.toContain('M54.5');
  });

  it('belong to the consultation’s doctor; administrators and strangers see none', async () => {
    const made = await world.aConsultation();
    const draft = await aDraft(made.id);
    expect(code(await world.admin('GET', root(made.id)))).toEqual([403, 'forbidden']);
    expect(code(await world.stranger('GET', root(made.id)))).toEqual([404, 'not_found']);
    expect(code(await world.stranger('GET', `${root(made.id)}/${draft.id}/pdf`))).toEqual([
      404,
      'not_found',
    ]);
    expect(code(await world.stranger('POST', `${root(made.id)}/${draft.id}/approve`))).toEqual([
      404,
      'not_found',
    ]);
  });

  it('ask for what their kind needs', async () => {
    const made = await world.aConsultation();
    for (const body of [
      { kind: 'prescription', content: { items: [] } },
      { kind: 'certificate', content: { purpose: 'leave' } },
      { kind: 'certificate', content: { purpose: 'other' } },
      { kind: 'letter', content: { text: 'x' } },
    ]) {
      expect(code(await world.doctor('POST', root(made.id), body))).toEqual([
        400,
        'validation_failed',
      ]);
    }
  });
});

describe('a printed code', () => {
  it('tells anybody whether the paper is genuine, and nothing of what it says', async () => {
    const { note, signed } = await aSignedNote();
    await world.doctor('POST', `${note}/addenda`, { text: 'Correção.' });
    const typed = signed.verification_code.toLowerCase().replaceAll('-', ' ');
    const answer = await world.nobody('GET', `/api/verify/${encodeURIComponent(typed)}`);
    const checked = verification.parse(answer.body);
    expect(checked).toMatchObject({
      kind: 'note',
      status: 'valid',
      hash: signed.hash,
      addenda: 1,
      patientInitials: 'J. C. S.',
      doctor: { name: world.clinic.doctor.name },
    });
    expect(checked.pdfSha256).toBe((await readPdf(world.doctor, `${note}.pdf`)).sha256);
    for (const secret of ['Dor lombar', 'M54.5', world.joao.name, world.joao.cpf, born]) {
      expect(answer.text).not.toContain(secret);
    }
    expect(code(await world.nobody('GET', '/api/verify/AAAA-AAAA-AAAA-AAAA'))).toEqual([
      404,
      'not_found',
    ]);
  });

  it('of a revoked document says that it is revoked', async () => {
    const made = await world.aConsultation();
    const approved = await anApproved(made.id, { ...prescription, title: 'Receita de losartana' });
    const path = `${root(made.id)}/${approved.id}/revoke`;
    expect((await world.doctor('POST', path, { reason: 'dose errada' })).status).toBe(200);
    const answer = await world.nobody('GET', `/api/verify/${approved.verification_code}`);
    expect(answer.body).toMatchObject({ status: 'revoked', title: 'Receita' });
    expect(answer.text).not.toContain('losartana');
  });
});

describe('the letter to the patient', () => {
  it('is written by version and reaches the patient when it is approved, not before', async () => {
    const made = await world.aConsultation();
    const path = `/api/consultations/${made.id}/letter`;
    expect(code(await world.doctor('GET', path))).toEqual([404, 'not_found']);
    const first = await world.doctor('PUT', path, { text: 'Olá! Descanse.' });
    expect(letterView.parse(first.body)).toMatchObject({ status: 'draft', version: 1 });
    expect(code(await world.doctor('PUT', path, { version: 9, text: 'x' }))).toEqual([
      409,
      'version_conflict',
    ]);
    const patient = await world.anInvitation(made.id);
    const seen = async () =>
      listOf(documentView).parse((await patient.api('GET', root(made.id))).body).items;
    expect(await seen()).toEqual([]);
    expect(code(await patient.api('GET', path))).toEqual([403, 'forbidden']);
    await world.doctor('PUT', path, { version: 1, text: 'Olá! Descanse dois dias.' });
    const approved = await world.doctor('POST', `${path}/approve`, { version: 2 });
    expect(approved).toMatchObject({ status: 200, body: { status: 'approved' } });
    expect(await seen()).toMatchObject([
      { kind: 'letter', content: { text: 'Olá! Descanse dois dias.' } },
    ]);
    expect(code(await world.doctor('PUT', path, { version: 3, text: 'x' }))).toEqual([
      409,
      'conflict',
    ]);
  });

  it('that an engine drafted is not the patient’s until the doctor approves it', async () => {
    const made = await world.aConsultation();
    await owner.query(
      `insert into documents (consultation_id, kind, title, content) values ($1, 'letter', 'Carta', $2)`,
      [made.id, { text: 'Texto do motor.', origin: 'ai', engine: 'motor', prompt_hash: 'abc' }],
    );
    const patient = await world.anInvitation(made.id);
    expect((await patient.api('GET', root(made.id))).body.items).toEqual([]);
    await world.doctor('POST', `/api/consultations/${made.id}/letter/approve`, {});
    const { items } = (await patient.api('GET', root(made.id))).body;
    expect(items).toMatchObject([{ kind: 'letter' }]);
    expect(JSON.stringify(items)).not.toContain('motor"');
  });
});

describe('a link to documents', () => {
  it('opens approved documents for 30 days after the birth date, also when the consultation is over', async () => {
    const { made } = await aSignedNote();
    const approved = await anApproved(made.id);
    const draft = await aDraft(made.id, leave);
    const link = await aDocumentsLink(made.id);
    const days = (Date.parse(link.expiresAt) - world.gateway.clock.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    await owner.query(
      "update consultations set status = 'COMPLETED', started_at = now(), ended_at = now() where id = $1",
      [made.id],
    );
    const asked = await exchange(link.token);
    expect(code(asked)).toEqual([400, 'validation_failed']);
    expect(asked.body.error.details).toEqual({ birthDate: true });
    const opened = await exchange(link.token, born);
    expect(opened.status).toBe(200);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    const list = await patient('GET', root(made.id));
    expect(list.body.items.map((item: { id: string }) => item.id)).toEqual([approved.id]);
    const { text } = await readPdf(patient, `${root(made.id)}/${approved.id}/pdf`);
    expect(text).toContain('Losartana');
    expect(code(await patient('GET', `${root(made.id)}/${draft.id}/pdf`))).toEqual([
      404,
      'not_found',
    ]);
    for (const [method, path] of [
      ['GET', `/api/consultations/${made.id}`],
      ['GET', `/api/consultations/${made.id}/consents`],
      ['POST', `/api/consultations/${made.id}/consents`],
    ] as const) {
      const body = method === 'POST' ? { type: 'ai', accepted: true } : undefined;
      expect(code(await patient(method, path, body)), path).toEqual([403, 'forbidden']);
    }
    for (const rest of ['note', 'note.pdf', 'transcript', 'suggestions', 'letter', 'ai-use']) {
      expect(code(await patient('GET', `/api/consultations/${made.id}/${rest}`)), rest).toEqual([
        403,
        'forbidden',
      ]);
    }
    const read = await owner.query(
      "select actor_kind from audit_logs where action = 'document.print' and patient_id = $1 and actor_kind = 'paciente'",
      [made.patient_id],
    );
    expect(read.rowCount).toBeGreaterThan(0);
    world.gateway.clock.advance(31 * 86_400_000);
    expect(code(await exchange(link.token, born))).toEqual([404, 'not_found']);
    world.gateway.clock.advance(-31 * 86_400_000);
  });

  it('closes after five wrong birth dates, also when they come at once', async () => {
    const made = await world.aConsultation();
    await anApproved(made.id);
    const link = await aDocumentsLink(made.id);
    const guesses = Array.from(
      { length: 12 },
      (_, day) => `1990-01-${String(day + 1).padStart(2, '0')}`,
    );
    const answers = await Promise.all(guesses.map((guess) => exchange(link.token, guess)));
    expect(answers.map((answer) => code(answer)[1]).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'forbidden'),
      ...Array.from({ length: 5 }, () => 'validation_failed'),
    ]);
    expect(code(await exchange(link.token, born))).toEqual([403, 'forbidden']);
    const failed = await owner.query(
      "select 1 from audit_logs where action = 'invitation.exchange' and outcome = 'failed' and record_id = $1",
      [link.id],
    );
    expect(failed.rowCount).toBe(13);
  });

  it('needs something approved, a birth date on the card, and stops when it is revoked', async () => {
    const made = await world.aConsultation();
    const ask = () =>
      world.doctor('POST', '/api/invitations', { consultationId: made.id, kind: 'documents' });
    expect(code(await ask())).toEqual([400, 'validation_failed']);
    await anApproved(made.id);
    await owner.query('update patients set birth_date = null where id = $1', [world.joao.id]);
    expect(code(await ask())).toEqual([409, 'conflict']);
    await owner.query('update patients set birth_date = $1 where id = $2', [born, world.joao.id]);
    const byFrontDesk = await world.admin('POST', '/api/invitations', {
      consultationId: made.id,
      kind: 'documents',
    });
    expect(byFrontDesk.status).toBe(201);
    const link = await aDocumentsLink(made.id);
    const opened = await exchange(link.token, born);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    expect((await patient('GET', root(made.id))).status).toBe(200);
    await world.doctor('DELETE', `/api/invitations/${link.id}`);
    expect(code(await patient('GET', root(made.id)))).toEqual([401, 'unauthenticated']);
    expect(code(await exchange(link.token, born))).toEqual([404, 'not_found']);
  });

  it('of one consultation opens no other', async () => {
    const made = await world.aConsultation();
    const other = await world.aConsultation();
    await anApproved(made.id);
    const foreign = await anApproved(other.id);
    const opened = await exchange((await aDocumentsLink(made.id)).token, born);
    const patient = apiOf(world.gateway, opened.body.accessToken);
    expect(code(await patient('GET', root(other.id)))).toEqual([404, 'not_found']);
    expect(code(await patient('GET', `${root(made.id)}/${foreign.id}/pdf`))).toEqual([
      404,
      'not_found',
    ]);
  });
});
