import { describe, expect, it } from 'vitest';
import { aSignedNote, owner, readPdf, usePaperWorld, world } from '../testing/paper-world.ts';
import { code } from '../testing/two-clinics.ts';

usePaperWorld();

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
