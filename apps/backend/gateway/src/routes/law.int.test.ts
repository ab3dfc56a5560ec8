import { createHash } from 'node:crypto';
import type { PatientCaller } from '@medcall/service-kit';
import { consent, consentTexts, consentTextView, followUp, listOf } from '@medcall/shared-types';
import { decodeJwt } from 'jose';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ownerOf } from '../testing/owner-client.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

/**
 * What the law asks of a consultation at a distance, one test a demand. Proven elsewhere: the room opens
 * only after the care consent, and an engine runs only with its own (realtime-service, room-transcription.int.test.ts);
 * signed notes are final (notes.int.test.ts); clinical rows are never deleted (database/rules).
 */
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

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the care consent', () => {
  it('is stored with text version, hash of that text, time, address and signer', async () => {
    const made = await world.aConsultation();
    const patient = await world.anInvitation(made.id);
    const before = Date.now();
    const given = await patient.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'care',
      accepted: true,
      textVersion: consentTexts.care.version,
      signer: { name: 'Maria Conceição', relation: 'mãe' },
      location: 'em casa, Campinas',
    });
    expect(given.status).toBe(201);
    const { rows } = await owner.query('select * from consents where id = $1', [given.body.id]);
    expect(rows[0]).toMatchObject({
      type: 'care',
      accepted: true,
      text_version: consentTexts.care.version,
      text_hash: sha256(consentTexts.care.text),
      signer_name: 'Maria Conceição',
      signer_relation: 'mãe',
      given_by: 'patient',
      location: 'em casa, Campinas',
    });
    expect(rows[0].ip).toMatch(/127\.0\.0\.1|::1/);
    expect(Math.abs(rows[0].created_at.getTime() - before)).toBeLessThan(60_000);
    await expect(
      owner.query('update consents set accepted = false where id = $1', [given.body.id]),
    ).rejects.toMatchObject({ code: '23001' });
  });

  it('without a named signer is the patient’s own', async () => {
    const made = await world.aConsultation();
    const patient = await world.anInvitation(made.id);
    const given = await patient.api('POST', `/api/consultations/${made.id}/consents`, {
      type: 'care',
      accepted: true,
    });
    expect(z.parse(consent, given.body)).toMatchObject({ signer_name: world.joao.name });
  });

  it('is for the text that was read: another version is asked again', async () => {
    const made = await world.aConsultation();
    const patient = await world.anInvitation(made.id);
    const give = (textVersion: string) =>
      patient.api('POST', `/api/consultations/${made.id}/consents`, {
        type: 'care',
        accepted: true,
        textVersion,
      });
    expect(code(await give('care-2020-01'))).toEqual([409, 'conflict']);
    expect(code(await give(consentTexts.ai.version))).toEqual([409, 'conflict']);
    const texts = await world.nobody('GET', '/api/consent-texts');
    const { items } = listOf(consentTextView).parse(texts.body);
    for (const { text, hash } of items) expect(hash).toBe(sha256(text));
    const care = items.find(({ type }) => type === 'care');
    expect((await give(care?.version ?? '')).body.text_hash).toBe(care?.hash);
  });
});

describe('recording and AI', () => {
  it('are apart from each other and off until somebody accepts', async () => {
    const made = await world.aConsultation({ ai_enabled: true });
    const patient = await world.anInvitation(made.id);
    const path = `/api/consultations/${made.id}/consents`;
    const latest = async (type: string) =>
      listOf(consent)
        .parse((await world.doctor('GET', path)).body)
        .items.find((row) => row.type === type)?.accepted;
    expect(await latest('ai')).toBeUndefined();
    expect(await latest('recording')).toBeUndefined();
    await patient.api('POST', path, { type: 'ai', accepted: true });
    expect([await latest('ai'), await latest('recording')]).toEqual([true, undefined]);
  });

  it('are withdrawn in the middle of the call, and the record keeps both', async () => {
    const made = await world.aConsultation();
    const patient = await world.anInvitation(made.id);
    const path = `/api/consultations/${made.id}/consents`;
    for (const type of ['ai', 'recording'])
      await patient.api('POST', path, { type, accepted: true });
    await owner.query(
      "update consultations set status = 'IN_PROGRESS', started_at = now() where id = $1",
      [made.id],
    );
    for (const type of ['ai', 'recording']) {
      expect((await patient.api('POST', path, { type, accepted: false })).status).toBe(201);
    }
    const { items } = listOf(consent).parse((await world.doctor('GET', path)).body);
    for (const type of ['ai', 'recording']) {
      expect(items.filter((row) => row.type === type).map(({ accepted }) => accepted)).toEqual([
        false,
        true,
      ]);
    }
  });
});

describe('either side may decline care at a distance', () => {
  it('the patient’s no stands in the record, and the doctor converts with a reason', async () => {
    const made = await world.aConsultation();
    const patient = await world.anInvitation(made.id);
    const path = `/api/consultations/${made.id}`;
    await patient.api('POST', `${path}/consents`, { type: 'care', accepted: false });
    expect(code(await world.doctor('POST', `${path}/convert`, {}))).toEqual([
      400,
      'validation_failed',
    ]);
    const reason = 'O paciente prefere vir à clínica.';
    const converted = await world.doctor('POST', `${path}/convert`, { reason });
    expect(converted.body).toMatchObject({ type: 'PRESENCIAL', conversion_reason: reason });
    expect((await world.doctor('GET', path)).body).toMatchObject({ conversion_reason: reason });
    const { rows } = await owner.query(
      "select 1 from audit_logs where action = 'consultation.convert' and record_id = $1",
      [made.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('the doctor may, without the patient having said anything', async () => {
    const made = await world.aConsultation();
    const path = `/api/consultations/${made.id}/convert`;
    const reason = 'É preciso examinar em pessoa.';
    expect(code(await world.admin('POST', path, { reason }))).toEqual([403, 'forbidden']);
    expect((await world.doctor('POST', path, { reason })).body.type).toBe('PRESENCIAL');
    expect(code(await world.doctor('POST', path, { reason }))).toEqual([409, 'conflict']);
  });
});

describe('nothing from AI reaches the patient unapproved', () => {
  it('not by any route, and not in the database as the patient', async () => {
    const made = await world.aConsultation();
    const root = `/api/consultations/${made.id}`;
    await owner.query(
      "insert into suggestions (room_id, question) values ($1, 'Pergunta do motor?')",
      [made.roomId],
    );
    const note = await owner.query(
      `insert into notes (consultation_id, sections, engine)
       values ($1, '{"subjetivo": [], "objetivo": [], "avaliacao": [], "plano": []}', 'motor') returning id`,
      [made.id],
    );
    await owner.query(
      "insert into note_versions (note_id, version, sections, author) values ($1, 1, '{}', 'ai')",
      [note.rows[0].id],
    );
    await owner.query(
      `insert into documents (consultation_id, kind, title, content)
       values ($1, 'letter', 'Carta', '{"text": "Rascunho do motor", "origin": "ai"}')`,
      [made.id],
    );
    const patient = await world.anInvitation(made.id);
    for (const rest of [
      'suggestions',
      'note',
      'note.pdf',
      'letter',
      'ai-use',
      'coverage',
      'transcript',
      'follow-up',
    ]) {
      expect(code(await patient.api('GET', `${root}/${rest}`)), rest).toEqual([403, 'forbidden']);
    }
    expect((await patient.api('GET', `${root}/documents`)).body.items).toEqual([]);
    const claims = decodeJwt(patient.accessToken);
    const caller: PatientCaller = {
      kind: 'patient',
      role: 'patient',
      sub: String(claims.sub),
      roomId: made.roomId,
      consultationId: made.id,
      invitationId: patient.id,
      claims,
    };
    const { database } = world.gateway.database;
    for (const table of ['suggestions', 'suggestion_runs', 'notes', 'note_versions'] as const) {
      await expect(
        database.asUser(caller, (trx) => trx.selectFrom(table).selectAll().execute()),
        table,
      ).rejects.toMatchObject({ code: '42501' });
    }
    expect(
      await database.asUser(caller, (trx) => trx.selectFrom('documents').selectAll().execute()),
    ).toEqual([]);
  });
});

describe('long follow-up', () => {
  it('without a consultation in person for more than 180 days warns the doctor', async () => {
    const past = async (type: string, daysAgo: number) => {
      const made = await world.aConsultation({ type: 'ONLINE' });
      await owner.query(
        `update consultations set type = $2, status = 'COMPLETED',
           started_at = now() - make_interval(days => $3), ended_at = now() - make_interval(days => $3)
         where id = $1`,
        [made.id, type, daysAgo],
      );
    };
    const made = await world.aConsultation();
    const ask = async () =>
      followUp.parse((await world.doctor('GET', `/api/consultations/${made.id}/follow-up`)).body);
    expect(await ask()).toMatchObject({ due: false, daysWithout: null });
    await past('ONLINE', 200);
    expect(await ask()).toMatchObject({ due: true, daysWithout: 200, lastInPersonAt: null });
    await past('PRESENCIAL', 30);
    expect(await ask()).toMatchObject({ due: false, daysWithout: 30, warning: null });
  });
});
