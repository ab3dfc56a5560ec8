import { randomUUID } from 'node:crypto';
import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import { letterDraft, noteDraft } from '@medcall/shared-types/note-draft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialogue } from '../testing/dialogue.ts';
import { openStage, type Stage } from '../testing/stage.ts';
import type { TestService } from '../testing/test-service.ts';

let stage: Stage;
let world: World;
let service: TestService;

beforeAll(async () => {
  stage = await openStage();
  ({ world, service } = stage);
});
afterAll(() => stage?.close());

/** A consultation with its transcript; ids of the rows in order. */
async function aTalk(lines: string, consent: boolean | null = true) {
  const room = await world.aConsultation({ status: 'IN_PROGRESS' });
  if (consent !== null) await world.aConsent(room, 'ai', consent);
  const ids: string[] = [];
  for (const [at, { speaker, text }] of dialogue(lines).entries()) {
    const [row] = await world.query<{ id: string }>(
      `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
       values ($1, $2, $3, now(), $4, $5) returning id`,
      [room.roomId, speaker, text, at * 3000, at * 3000 + 2500],
    );
    ids.push(row?.id ?? '');
  }
  return { room, ids };
}

async function ask(path: 'draft' | 'letter', room: TestConsultation) {
  const token = await service.serviceToken(room.id, room.doctor.clinicaId);
  return service.call('POST', `/api/notes/${path}`, { token, body: { consultation_id: room.id } });
}

const cystitis = `
  M: Boa tarde, o que está acontecendo?
  P: Estou com ardência para urinar desde anteontem.
  M: Teve febre ou calafrios?
  P: Não.
  M: Isso parece uma cistite. Vou receitar fosfomicina, três gramas, dose única.
  P: Está bom, doutora.`;

describe('POST /api/notes/draft', () => {
  it('writes sentences that name their utterances, offers codes, says which engine it was', async () => {
    const { room, ids } = await aTalk(cystitis);
    const { status, body } = await ask('draft', room);
    expect(status).toBe(200);
    const draft = noteDraft.parse(body);
    const written = (section: 'subjetivo' | 'avaliacao' | 'plano') =>
      draft.sections[section].map(({ text, transcription_ids }) => [text, transcription_ids]);
    expect(written('subjetivo')).toEqual([
      ['Queixa principal: "Estou com ardência para urinar desde anteontem".', [ids[1]]],
      ['Nega febre ou calafrios.', [ids[2], ids[3]]],
    ]);
    expect(written('avaliacao')).toEqual([
      ['Impressão dita pelo médico: "Isso parece uma cistite".', [ids[4]]],
    ]);
    expect(written('plano')).toEqual([
      ['Receitar fosfomicina, três gramas, dose única.', [ids[4]]],
    ]);
    expect(draft.candidates.cid10.items.map(({ code }) => code)).toContain('N30');
    expect(draft).toMatchObject({
      dropped: { count: 0, reasons: {} },
      engine: 'embedded-extractive',
      prompt_hash: null,
    });
  });

  it('leaves superseded rows out', async () => {
    const { room, ids } = await aTalk('M: Tem febre?\nP: Tenho.\nP: Não.');
    await world.query('update transcriptions set superseded_by = $1 where id = $2', [
      ids[2],
      ids[1],
    ]);
    const draft = noteDraft.parse((await ask('draft', room)).body);
    expect(draft.sections.subjetivo.map(({ text }) => text)).toEqual(['Nega febre.']);
  });

  it.each([false, null])('runs no engine without consent (%s)', async (consent) => {
    const { room } = await aTalk(cystitis, consent);
    const { status, body } = await ask('draft', room);
    expect([status, body]).toMatchObject([409, { error: { code: 'ai_consent_required' } }]);
  });

  it('has nothing to write before anything was said', async () => {
    const { room } = await aTalk('');
    expect(await ask('draft', room)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    });
  });

  it('answers services alone, each for the consultation of its token', async () => {
    const { room } = await aTalk(cystitis);
    const other = await world.aConsultation();
    const body = { consultation_id: room.id };
    const token = await service.serviceToken(other.id, other.doctor.clinicaId);
    expect((await service.call('POST', '/api/notes/draft', { token, body })).status).toBe(404);
    const doctor = await service.tokens.forDoctor(room.doctor);
    expect((await service.call('POST', '/api/notes/draft', { token: doctor, body })).status).toBe(
      403,
    );
    expect((await service.call('POST', '/api/notes/draft', { body })).status).toBe(401);
  });
});

describe('POST /api/notes/letter', () => {
  it('is written from the note as the doctor left it', async () => {
    const { room, ids } = await aTalk(cystitis);
    expect((await ask('letter', room)).status).toBe(409);
    const sentence = (text: string) => ({
      id: randomUUID(),
      text,
      origin: 'doctor',
      transcription_ids: [ids[4]],
    });
    const sections = {
      subjetivo: [sentence('Ardência ao urinar.')],
      objetivo: [],
      avaliacao: [],
      plano: [sentence('Tomar fosfomicina à noite.')],
    };
    await world.query('insert into notes (consultation_id, sections) values ($1, $2)', [
      room.id,
      JSON.stringify(sections),
    ]);
    const letter = letterDraft.parse((await ask('letter', room)).body);
    expect(letter.text).toContain('• Tomar fosfomicina à noite.');
    expect(letter.text).not.toContain('Ardência');
  });
});
