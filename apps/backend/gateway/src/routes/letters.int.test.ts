import { documentView, letterView, listOf } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { owner, root, usePaperWorld, world } from '../testing/paper-world.ts';
import { code } from '../testing/two-clinics.ts';

usePaperWorld();

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
