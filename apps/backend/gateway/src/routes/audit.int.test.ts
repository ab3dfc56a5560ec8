import { accessLogEntry, auditEntry, chainReport, listOf } from '@medcall/shared-types';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownerOf } from '../testing/owner-client.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';
import { password, supabaseFor } from '../testing/world.ts';

let world: TwoClinics;
let owner: pg.Client;

beforeAll(async () => {
  world = await twoClinics();
  owner = await ownerOf(world.gateway);
});
afterAll(async () => {
  await owner?.end();
  await world?.gateway.stop();
});

const said = 'Sentença clínica que não pode aparecer na auditoria.';

describe('the audit log', () => {
  it('has creating, reading, printing, exporting, signing in, failing to, and being refused', async () => {
    const made = await world.aConsultation();
    const root = `/api/consultations/${made.id}`;
    await world.doctor('PUT', `${root}/note`, { sections: { subjetivo: [{ text: said }] } });
    await world.doctor('POST', `${root}/note/sign`, {});
    await world.doctor('GET', `${root}/note`);
    await world.doctor('GET', `${root}/note.pdf`);
    await world.doctor('GET', `${root}/transcript?format=txt`);
    await world.doctor('POST', `${root}/note/addenda`, { text: said });
    await world.admin('GET', `${root}/note`);
    await world.otherDoctor('POST', `/api/patients/${world.joao.id}/care-relations`, {
      reason: 'plantão',
    });
    await world.otherDoctor('PUT', `${root}/note`, { sections: {} });
    const patient = await world.anInvitation(made.id);
    await patient.api('GET', `${root}/note`);
    const { email } = world.clinic.doctor;
    await supabaseFor(world.gateway).auth.signInWithPassword({ email, password: 'errada' });
    await supabaseFor(world.gateway).auth.signInWithPassword({ email, password });
    const { rows } = await owner.query<{ what: string }>(
      "select distinct action || ' ' || outcome || ' ' || actor_kind as what from audit_logs where clinica_id = $1",
      [world.clinic.id],
    );
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'consultation.create ok medico',
        'note.save ok medico',
        'note.sign ok medico',
        'note.read ok medico',
        'note.print ok medico',
        'transcript.export ok medico',
        'note.addendum ok medico',
        'care_relation.stated ok medico',
        'permission.denied denied admin',
        'permission.denied denied medico',
        'permission.denied denied paciente',
        'auth.sign_in failed medico',
        'auth.sign_in ok medico',
      ]),
    );
    const all = await owner.query('select audit_logs::text as line from audit_logs');
    expect(all.rows.filter(({ line }) => line.includes('clínica que'))).toEqual([]);
  });

  it('is filtered by action, person, patient, outcome and time, and exported as CSV', async () => {
    const denied = await world.admin('GET', '/api/audit?outcome=denied');
    const { items } = listOf(auditEntry).parse(denied.body);
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ outcome }) => outcome))).toEqual(new Set(['denied']));
    const future = new Date(Date.now() + 3_600_000).toISOString();
    expect((await world.admin('GET', `/api/audit?from=${future}`)).body.items).toEqual([]);
    const bySub = await world.admin(
      'GET',
      `/api/audit?user_id=${world.clinic.doctor.sub}&action=note.sign`,
    );
    expect(bySub.body.items.length).toBeGreaterThan(0);
    const read = await world.admin('GET', '/api/audit?action=note.read&outcome=ok');
    const names = listOf(auditEntry)
      .parse(read.body)
      .items.map((entry) => entry.patient_name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => typeof name === 'string' && name !== '')).toBe(true);
    const csv = await world.admin('GET', '/api/audit?format=csv&action=note.sign');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain('note.sign');
  });
});

describe('the chain', () => {
  it('is whole, and an administrator is told when it is not', async () => {
    const verify = async () =>
      chainReport.parse((await world.admin('GET', '/api/audit/verify')).body);
    await vi.waitFor(async () => expect((await verify()).rows).toBeGreaterThan(10), {
      timeout: 20_000,
      interval: 200,
    });
    expect(await verify()).toMatchObject({ ok: true, clinica_id: world.clinic.id });
    const { rows } = await owner.query(
      'select audit_id, position from audit_chain where clinica_id = $1 order by position limit 1',
      [world.clinic.id],
    );
    await owner.query('set session_replication_role = replica');
    await owner.query("update audit_logs set action = 'patient.read' where id = $1", [
      rows[0].audit_id,
    ]);
    await owner.query('set session_replication_role = origin');
    expect(await verify()).toMatchObject({
      ok: false,
      problems: [{ kind: 'row_changed', position: 1, audit_id: rows[0].audit_id }],
    });
    expect(code(await world.doctor('GET', '/api/audit/verify'))).toEqual([403, 'forbidden']);
  });
});

describe('the patient’s chart', () => {
  it('shows who opened it, in words, to who cares for him and to the administration', async () => {
    await world.doctor('GET', `/api/patients/${world.joao.id}`);
    const path = `/api/patients/${world.joao.id}/access-log`;
    for (const reader of [world.doctor, world.admin]) {
      const answer = await reader('GET', path);
      const { items } = listOf(accessLogEntry).parse(answer.body);
      expect(items).toContainEqual(
        expect.objectContaining({
          action: 'patient.read',
          label: 'Abriu a ficha',
          actor_name: world.clinic.doctor.name,
        }),
      );
    }
    const looked = await world.admin('GET', `/api/audit?action=patient.access_log`);
    expect(looked.body.items.length).toBeGreaterThanOrEqual(2);
    expect(code(await world.stranger('GET', path))).toEqual([404, 'not_found']);
    expect(code(await world.strangerAdmin('GET', path))).toEqual([404, 'not_found']);
  });

  it('is closed to a colleague without a care relation', async () => {
    await owner.query('update care_relations set ended_at = now() where doctor_id = $1', [
      world.clinic.otherDoctor.medicoId,
    ]);
    const path = `/api/patients/${world.joao.id}/access-log`;
    expect(code(await world.otherDoctor('GET', path))).toEqual([404, 'not_found']);
  });
});
