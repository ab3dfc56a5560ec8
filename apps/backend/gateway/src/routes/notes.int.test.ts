import { randomUUID } from 'node:crypto';
import { asJson, noteHash } from '@medcall/service-kit';
import { aiUse, listOf, noteView } from '@medcall/shared-types';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownerOf } from '../testing/owner-client.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

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

const text = (value: string) => ({ text: value });
const path = (id: string, rest = '') => `/api/consultations/${id}/note${rest}`;

async function utterances(roomId: string, ...texts: string[]): Promise<string[]> {
  return world.gateway.database.database.asSystem('arrange a test', async (trx) => {
    const rows = await trx
      .insertInto('transcriptions')
      .values(
        texts.map((spoken, index) => ({
          room_id: roomId,
          speaker: 'PACIENTE' as const,
          text: spoken,
          timestamp: new Date(),
          start_ms: index * 1000,
          end_ms: index * 1000 + 900,
        })),
      )
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  });
}

/** A consultation whose note an engine has drafted: one sentence, resting on one utterance. */
async function aDrafted() {
  const made = await world.aConsultation();
  const [spoken = '', other = ''] = await utterances(made.roomId, 'Não tive febre.', 'Dói aqui.');
  const sentence = {
    id: randomUUID(),
    text: 'Nega febre.',
    origin: 'ai',
    transcription_ids: [spoken],
  };
  const sections = { subjetivo: [sentence], objetivo: [], avaliacao: [], plano: [] };
  await world.gateway.database.database.asSystem('arrange a test', async (trx) => {
    const note = await trx
      .insertInto('notes')
      .values({ consultation_id: made.id, sections: asJson(sections), engine: 'motor-de-teste' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('note_versions')
      .values({
        note_id: note.id,
        version: 1,
        sections: asJson(sections),
        author: 'ai',
        engine: 'motor-de-teste',
        engine_version: '7',
        prompt_hash: 'c'.repeat(64),
      })
      .execute();
  });
  return { made, sentence, spoken, other };
}

async function aSigned() {
  const made = await world.aConsultation();
  const body = { sections: { subjetivo: [text('Dor lombar há três dias.')] } };
  await world.doctor('PUT', path(made.id), body);
  const signed = await world.doctor('POST', path(made.id, '/sign'), { version: 1 });
  expect(signed.status).toBe(200);
  return { made, signed: noteView.parse(signed.body) };
}

describe('a note', () => {
  it('is begun, read and changed by the doctor; a version that was not read is refused', async () => {
    const made = await world.aConsultation();
    expect(code(await world.doctor('GET', path(made.id)))).toEqual([404, 'not_found']);
    const first = await world.doctor('PUT', path(made.id), {
      sections: { subjetivo: [text('Dor há dois dias.')], plano: [text('Repouso.')] },
      cid10: [{ code: 'M54.5', label: 'Dor lombar baixa' }],
    });
    expect(first).toMatchObject({ status: 200, body: { status: 'rascunho', version: 1 } });
    const second = await world.doctor('PUT', path(made.id), {
      version: 1,
      sections: first.body.sections,
    });
    expect(second.body).toMatchObject({ version: 2, cid10: [{ code: 'M54.5' }] });
    const stale = await world.doctor('PUT', path(made.id), {
      version: 1,
      sections: { subjetivo: [text('Outra aba.')] },
    });
    expect(code(stale)).toEqual([409, 'version_conflict']);
    expect(stale.body.error.details).toEqual({ version: 2 });
    const read = noteView.parse((await world.doctor('GET', path(made.id))).body);
    expect(read.sections).toEqual(second.body.sections);
    const { rows } = await owner.query(
      'select version, author from note_versions where note_id = $1 order by version',
      [read.id],
    );
    expect(rows).toEqual([
      { version: 1, author: 'doctor' },
      { version: 2, author: 'doctor' },
    ]);
  });

  it('of two windows that save at once takes one', async () => {
    const made = await world.aConsultation();
    const save = (value: string) =>
      world.doctor('PUT', path(made.id), { sections: { plano: [text(value)] } });
    await save('primeiro');
    const again = (value: string) =>
      world.doctor('PUT', path(made.id), { version: 1, sections: { plano: [text(value)] } });
    // All have read version 1 before the first one may write: they wait for the row.
    await owner.query('begin');
    await owner.query('select 1 from notes where consultation_id = $1 for update', [made.id]);
    const saving = ['a', 'b', 'c', 'd'].map(again);
    const waiting = async () => {
      const { rows } = await owner.query('select 1 from pg_locks where not granted');
      expect(rows.length).toBeGreaterThanOrEqual(4);
    };
    await vi.waitFor(waiting, { timeout: 30_000 });
    await owner.query('commit');
    const answers = await Promise.all(saving);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(code)).toEqual(Array.from({ length: 3 }, () => [409, 'version_conflict']));
  });

  it('keeps the links of the engine’s sentences, and an invented one is the doctor’s', async () => {
    const { made, sentence, spoken, other } = await aDrafted();
    const saved = await world.doctor('PUT', path(made.id), {
      version: 1,
      sections: {
        subjetivo: [
          { ...sentence, text: 'Nega febre e calafrios.' },
          { text: 'Refere dor.', origin: 'ai', transcription_ids: [other] },
        ],
      },
    });
    expect(saved.body.sections.subjetivo).toMatchObject([
      { id: sentence.id, origin: 'ai', transcription_ids: [spoken] },
      { origin: 'doctor', transcription_ids: [other] },
    ]);
    const unlinked = await world.doctor('PUT', path(made.id), {
      version: 2,
      sections: { subjetivo: [{ ...sentence, transcription_ids: [] }] },
    });
    expect(code(unlinked)).toEqual([400, 'validation_failed']);
    const elsewhere = await world.aConsultation();
    const [foreign] = await utterances(elsewhere.roomId, 'Outra consulta.');
    const borrowed = await world.doctor('PUT', path(made.id), {
      version: 2,
      sections: { subjetivo: [{ text: 'x', transcription_ids: [foreign] }] },
    });
    expect(code(borrowed)).toEqual([400, 'validation_failed']);
  });

  it('is written by its own doctor only, and not for a consultation that never took place', async () => {
    const made = await world.aConsultation();
    const body = { sections: { plano: [text('Repouso.')] } };
    expect(code(await world.otherDoctor('PUT', path(made.id), body))).toEqual([404, 'not_found']);
    await world.otherDoctor('POST', `/api/patients/${world.joao.id}/care-relations`, {
      reason: 'segunda opinião',
    });
    expect(code(await world.otherDoctor('PUT', path(made.id), body))).toEqual([403, 'forbidden']);
    expect(code(await world.admin('PUT', path(made.id), body))).toEqual([403, 'forbidden']);
    expect(code(await world.stranger('PUT', path(made.id), body))).toEqual([404, 'not_found']);
    await world.doctor('POST', `/api/consultations/${made.id}/cancel`, {});
    expect(code(await world.doctor('PUT', path(made.id), body))).toEqual([409, 'conflict']);
  });
});

describe('a signed note', () => {
  it('has the SHA-256 of its RFC 8785 JSON and tells the clinic’s webhook', async () => {
    const { made, signed } = await aSigned();
    expect(signed).toMatchObject({ status: 'assinada', version: 1, signed_by: made.doctor_id });
    expect(signed.hash).toBe(
      noteHash({
        consultation_id: made.id,
        version: 1,
        sections: signed.sections,
        cid10: signed.cid10,
        ciap2: signed.ciap2,
        signed_at: signed.signed_at ?? '',
        signed_by: made.doctor_id,
      }),
    );
    const { rows } = await owner.query(
      "select kind from app.job_outbox where kind = 'note.signed' and subject_id = $1",
      [signed.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('does not change any more: not by the interface, not in the database', async () => {
    const { made, signed } = await aSigned();
    const put = await world.doctor('PUT', path(made.id), {
      version: signed.version,
      sections: { subjetivo: [text('Outra história.')] },
    });
    expect(code(put)).toEqual([409, 'conflict']);
    expect(code(await world.doctor('POST', path(made.id, '/sign'), {}))).toEqual([409, 'conflict']);
    for (const change of [
      "sections = '{}'",
      "status = 'rascunho', signed_at = null, signed_by = null, hash = null",
      "hash = repeat('0', 64)",
      "printed = '{}'",
      "signed_at = now() + interval '1 minute'",
    ]) {
      await expect(
        owner.query(`update notes set ${change} where id = $1`, [signed.id]),
        change,
      ).rejects.toMatchObject({ code: '23001' });
    }
    await expect(owner.query('delete from notes where id = $1', [signed.id])).rejects.toThrow();
  });

  it('is corrected by addenda, each with a hash of its own', async () => {
    const { made, signed } = await aSigned();
    const written = await world.doctor('POST', path(made.id, '/addenda'), {
      text: 'Onde se lê três dias, leia-se cinco dias.',
    });
    expect(written).toMatchObject({
      status: 201,
      body: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const read = noteView.parse((await world.doctor('GET', path(made.id))).body);
    expect(read.hash).toBe(signed.hash);
    expect(read.addenda.map(({ text }) => text)).toEqual([
      'Onde se lê três dias, leia-se cinco dias.',
    ]);
    await expect(
      owner.query("update note_addenda set text = 'x' where note_id = $1", [signed.id]),
    ).rejects.toMatchObject({ code: '23001' });
  });

  it('comes from a version that was read, with something in it; a draft takes no addenda', async () => {
    const made = await world.aConsultation();
    expect(code(await world.doctor('POST', path(made.id, '/sign'), {}))).toEqual([
      404,
      'not_found',
    ]);
    await world.doctor('PUT', path(made.id), { sections: {} });
    expect(code(await world.doctor('POST', path(made.id, '/sign'), {}))).toEqual([
      400,
      'validation_failed',
    ]);
    await world.doctor('PUT', path(made.id), { version: 1, sections: { plano: [text('Alta.')] } });
    expect(code(await world.doctor('POST', path(made.id, '/sign'), { version: 1 }))).toEqual([
      409,
      'version_conflict',
    ]);
    expect(
      code(await world.doctor('POST', path(made.id, '/addenda'), text('Cedo demais.'))),
    ).toEqual([409, 'conflict']);
  });
});

describe('the use of AI stands in the record', () => {
  it('with engine, version, prompt, output and what the doctor decided', async () => {
    const { made, sentence, spoken } = await aDrafted();
    await world.gateway.database.database.asSystem('arrange a test', async (trx) => {
      await trx
        .insertInto('suggestion_runs')
        .values({
          room_id: made.roomId,
          transcription_id: spoken,
          engine: 'perguntas',
          engine_version: '3',
          prompt_hash: 'd'.repeat(64),
          output_id: 'saida-1',
        })
        .execute();
      await trx
        .insertInto('suggestions')
        .values({
          room_id: made.roomId,
          transcription_id: spoken,
          question: 'Tem rigidez de nuca?',
          engine: 'banco',
          engine_version: '1',
        })
        .execute();
      await trx
        .insertInto('suggestions')
        .values({
          room_id: made.roomId,
          transcription_id: spoken,
          question: 'Mediu a temperatura?',
          status: 'used',
          decided_by: world.clinic.doctor.sub,
        })
        .execute();
    });
    const uses = async () =>
      listOf(aiUse).parse((await world.doctor('GET', `/api/consultations/${made.id}/ai-use`)).body)
        .items;
    const before = await uses();
    expect(before.find(({ engine }) => engine === 'perguntas')).toMatchObject({
      kind: 'suggestions',
      engine_version: '3',
      prompt_hash: 'd'.repeat(64),
      output_id: 'saida-1',
      outputs: [{ text: 'Mediu a temperatura?', decision: 'used' }],
    });
    // What another engine put beside them stands under its own name.
    expect(before.find(({ engine }) => engine === 'banco')).toMatchObject({
      engine_version: '1',
      prompt_hash: null,
      output_id: null,
      outputs: [{ text: 'Tem rigidez de nuca?', decision: 'pending' }],
    });
    const ofNote = (items: Awaited<ReturnType<typeof uses>>) =>
      items.find(({ kind }) => kind === 'note');
    expect(ofNote(before)).toMatchObject({
      engine: 'motor-de-teste',
      engine_version: '7',
      outputs: [{ id: sentence.id, text: 'Nega febre.', decision: 'pending' }],
    });
    const save = (version: number, subjetivo: object[]) =>
      world.doctor('PUT', path(made.id), { version, sections: { subjetivo } });
    await save(1, [{ ...sentence, text: 'Nega febre e calafrios.' }]);
    expect(ofNote(await uses())?.outputs).toMatchObject([
      { text: 'Nega febre.', decision: 'edited' },
    ]);
    await save(2, []);
    expect(ofNote(await uses())?.outputs).toMatchObject([{ decision: 'removed' }]);
  });
});
