import { documentView, verification } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import {
  aDraft,
  anApproved,
  aSignedNote,
  born,
  leave,
  owner,
  prescription,
  readPdf,
  root,
  usePaperWorld,
  world,
} from '../testing/paper-world.ts';
import { code } from '../testing/two-clinics.ts';

usePaperWorld();

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
