import { privateNote } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

const secret = 'Perguntar pelo emprego na volta.';

async function aNoted() {
  const made = await world.aConsultation();
  const path = `/api/consultations/${made.id}/private-note`;
  const saved = await world.doctor('PUT', path, { text: secret, version: 0 });
  expect(saved.status, saved.text).toBe(200);
  return { made, path, saved: privateNote.parse(saved.body) };
}

describe('a doctor’s own notes', () => {
  it('are empty at first, stored by version, and gone once they are emptied', async () => {
    const { id } = await world.aConsultation();
    const path = `/api/consultations/${id}/private-note`;
    const nothing = { text: '', version: 0, updated_at: null };
    expect((await world.doctor('GET', path)).body).toEqual(nothing);
    const first = await world.doctor('PUT', path, { text: 'um', version: 0 });
    expect(first.body).toMatchObject({ text: 'um', version: 1 });
    const second = await world.doctor('PUT', path, { text: 'um e dois', version: 1 });
    expect(second.body).toMatchObject({ text: 'um e dois', version: 2 });
    expect((await world.doctor('GET', path)).body).toEqual(second.body);
    const emptied = await world.doctor('PUT', path, { text: ' \n', version: 2 });
    expect(emptied.body).toMatchObject({ text: '', version: 3 });
    expect((await world.doctor('GET', path)).body).toEqual(emptied.body);
    // What another window read before it was emptied is known to be old, also when it is written anew.
    const anew = await world.doctor('PUT', path, { text: 'três', version: 3 });
    expect(anew.body).toMatchObject({ text: 'três', version: 4 });
    for (const version of [0, 1, 2]) {
      const old = await world.doctor('PUT', path, { text: 'velho', version });
      expect(code(old)).toEqual([409, 'version_conflict']);
    }
  });

  it('of two windows that write over the same version take one, whichever it is', async () => {
    const { path } = await aNoted();
    const saves = await Promise.all(
      ['a', 'b', 'c'].map((text) => world.doctor('PUT', path, { text, version: 1 })),
    );
    const refused = saves.filter(({ status }) => status !== 200);
    expect(refused.map(code)).toEqual([
      [409, 'version_conflict'],
      [409, 'version_conflict'],
    ]);
    expect(refused[0]?.body.error.details).toEqual({ version: 2 });
    const first = await world.doctor('PUT', path, { text: 'sem ter lido', version: 0 });
    expect(code(first)).toEqual([409, 'version_conflict']);
  });

  it('are shown to nobody else: no colleague with a care relation, administrator, patient or other clinic', async () => {
    const { made, path } = await aNoted();
    await world.otherDoctor('POST', `/api/patients/${world.joao.id}/care-relations`, {
      reason: 'plantão',
    });
    const { api: patient } = await world.anInvitation(made.id);
    const askers = [
      [world.otherDoctor, 403, 'forbidden'],
      [world.admin, 403, 'forbidden'],
      [patient, 403, 'forbidden'],
      [world.stranger, 404, 'not_found'],
    ] as const;
    for (const [ask, status, refusal] of askers) {
      expect(code(await ask('GET', path))).toEqual([status, refusal]);
      expect(code(await ask('PUT', path, { text: 'x', version: 1 }))).toEqual([status, refusal]);
    }
    const read = await world.doctor('GET', path);
    expect(read.body).toMatchObject({ text: secret, version: 1 });
  });

  it('are in no export and no answer about the consultation, and the audit holds no word of them', async () => {
    const { made } = await aNoted();
    const root = `/api/consultations/${made.id}`;
    const answers = await Promise.all(
      [
        root,
        `${root}/transcript`,
        `/api/patients/${world.joao.id}/export?format=json`,
        `/api/patients/${world.joao.id}/access-log`,
      ].map((path) => world.doctor('GET', path)),
    );
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(secret);
    }
    const rows = await world.gateway.database.database.asSystem('assert', (trx) =>
      trx
        .selectFrom('audit_logs')
        .select(['action', 'changes'])
        .where('record_id', '=', made.id)
        .where('action', '=', 'private_note.save')
        .execute(),
    );
    expect(rows).toEqual([{ action: 'private_note.save', changes: { version: 1 } }]);
  });

  it('are refused when they are too long', async () => {
    const { path } = await aNoted();
    const refused = await world.doctor('PUT', path, { text: 'x'.repeat(20_001), version: 1 });
    expect(code(refused)).toEqual([400, 'validation_failed']);
  });
});
