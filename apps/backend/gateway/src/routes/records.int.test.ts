import { transcript } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;

beforeAll(async () => {
  world = await twoClinics();
});
afterAll(() => world?.gateway.stop());

describe('the record', () => {
  it('gives the transcript in order without superseded rows, as json, txt and vtt', async () => {
    const made = await world.aConsultation();
    await world.gateway.database.database.asSystem('arrange a test', async (trx) => {
      const row = (start_ms: number, speaker: 'MEDICO' | 'PACIENTE', text: string) => ({
        room_id: made.roomId,
        speaker,
        text,
        start_ms,
        end_ms: start_ms + 1_000,
        timestamp: new Date(start_ms),
      });
      const [better] = await trx
        .insertInto('transcriptions')
        .values([row(5_000, 'PACIENTE', 'Dói a cabeça.'), row(1_000, 'MEDICO', 'O que sente?')])
        .returning('id')
        .execute();
      const first = await trx
        .insertInto('transcriptions')
        .values({ ...row(5_000, 'PACIENTE', 'Dói a cabeça'), superseded_by: better?.id ?? null })
        .returning('id')
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('coverage_items')
        .values({
          consultation_id: made.id,
          key: 'localizacao',
          status: 'covered',
          transcription_id: first.id,
        })
        .execute();
      await trx
        .insertInto('suggestions')
        .values({ room_id: made.roomId, question: 'Teve febre?', transcription_id: first.id })
        .execute();
    });
    const path = `/api/consultations/${made.id}/transcript`;
    const json = transcript.parse((await world.doctor('GET', path)).body);
    expect(json.items.map(({ text }) => text)).toEqual(['O que sente?', 'Dói a cabeça.']);
    const txt = await world.doctor('GET', `${path}?format=txt`);
    expect(txt.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(txt.text).toBe(
      '[00:00:01] Médico(a): O que sente?\n[00:00:05] Paciente: Dói a cabeça.\n',
    );
    const vtt = await world.doctor('GET', `${path}?format=vtt`);
    expect(vtt.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(vtt.text).toMatch(/^WEBVTT\n/);
    expect(code(await world.doctor('GET', `${path}?format=docx`))).toEqual([
      400,
      'validation_failed',
    ]);
    expect(code(await world.admin('GET', path))).toEqual([403, 'forbidden']);
    const { items } = (await world.doctor('GET', `/api/consultations/${made.id}/coverage`)).body;
    expect(items).toMatchObject([{ status: 'covered', transcriptionId: json.items[1]?.id }]);
    const offered = (await world.doctor('GET', `/api/consultations/${made.id}/suggestions`)).body;
    expect(offered.items).toMatchObject([{ triggeredBy: { transcriptionId: json.items[1]?.id } }]);
    expect(code(await world.doctor('GET', `/api/consultations/${made.id}/note`))).toEqual([
      404,
      'not_found',
    ]);
  });
});
