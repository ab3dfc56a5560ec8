import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createTokenVerifier } from '@medcall/service-kit';
import { type LetterDraft, type NoteDraft, noteView } from '@medcall/shared-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainJobs } from '../testing/drain-jobs.ts';
import { code, type TwoClinics, twoClinics } from '../testing/two-clinics.ts';

let world: TwoClinics;
let ai: Server;
let lastRequestId: string | undefined;
/** What the AI service answers; it sees for which consultation the token was. */
let answer: (consultationId: string | null) => { status: number; body: unknown };
/** The letter that it drafts; none makes it answer as it does without a note. */
let letter: LetterDraft | undefined;

beforeAll(async () => {
  const verifier = createTokenVerifier([
    {
      issuer: 'service:gateway',
      audience: 'service:ai-service',
      algorithms: ['HS256'],
      key: new TextEncoder().encode('x'.repeat(40)),
    },
  ]);
  ai = createServer((req, res) => {
    lastRequestId = String(req.headers['x-request-id']);
    const token = req.headers.authorization?.replace('Bearer ', '') ?? '';
    verifier.verify(token).then(
      (caller) => {
        if (req.url === '/api/notes/letter') {
          res.writeHead(letter ? 200 : 409, { 'content-type': 'application/json' });
          const none = { error: { code: 'conflict', message: 'sem nota', requestId: 'r' } };
          res.end(JSON.stringify(letter ?? none));
          return;
        }
        const { status, body } = answer(caller.kind === 'service' ? caller.consultationId : null);
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify(body));
      },
      () => res.writeHead(401).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(ai, 'listening');
  const address = ai.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  world = await twoClinics({ AI_SERVICE_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  ai?.closeAllConnections();
  ai?.close();
  await world?.gateway.stop();
});

const draftOf = (id: string) => `/api/consultations/${id}/note/draft`;
const noteOf = (id: string) => `/api/consultations/${id}/note`;

function aDraft(spoken: string, ...texts: string[]): NoteDraft {
  const subjetivo = texts.map((text) => ({
    id: randomUUID(),
    text,
    origin: 'ai' as const,
    transcription_ids: [spoken],
  }));
  const candidate = { code: 'N30', label: 'Cistite', transcription_ids: [spoken] };
  return {
    sections: { subjetivo, objetivo: [], avaliacao: [], plano: [] },
    candidates: {
      cid10: { version: 'CID-10 de teste', items: [candidate] },
      ciap2: { version: 'CIAP-2 de teste', items: [] },
    },
    dropped: { count: 1, reasons: { number: 1 } },
    engine: 'motor-de-teste',
    engine_version: '7',
    prompt_hash: null,
  };
}

async function anUtterance(roomId: string): Promise<string> {
  return world.gateway.database.database.asSystem('arrange a test', async (trx) => {
    const row = await trx
      .insertInto('transcriptions')
      .values({
        room_id: roomId,
        speaker: 'PACIENTE',
        text: 'Não tive febre.',
        timestamp: new Date(),
        start_ms: 0,
        end_ms: 900,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

async function aSpokenConsultation() {
  const made = await world.aConsultation();
  return { made, spoken: await anUtterance(made.roomId) };
}

describe('POST /api/consultations/:id/note/draft', () => {
  it('stores what the engine wrote as a version of its own, with codes offered and none chosen', async () => {
    const { made, spoken } = await aSpokenConsultation();
    answer = (id) => ({ status: id === made.id ? 200 : 404, body: aDraft(spoken, 'Nega febre.') });
    const drafted = await world.doctor('POST', draftOf(made.id));
    expect(drafted.status).toBe(200);
    expect(lastRequestId).toBe(drafted.headers.get('x-request-id'));
    const note = noteView.parse(drafted.body);
    expect(note).toMatchObject({
      status: 'rascunho',
      version: 1,
      engine: 'motor-de-teste',
      cid10: [],
      ciap2: [],
      dropped_sentences: 1,
      candidates: { cid10: { version: 'CID-10 de teste', items: [{ code: 'N30' }] } },
    });
    expect(note.sections.subjetivo).toMatchObject([
      { text: 'Nega febre.', origin: 'ai', transcription_ids: [spoken] },
    ]);
    const read = await world.doctor('GET', noteOf(made.id));
    expect(read.body).toEqual(drafted.body);
    const uses = await world.doctor('GET', `/api/consultations/${made.id}/ai-use`);
    expect(uses.body.items).toMatchObject([
      { kind: 'note', engine: 'motor-de-teste', engine_version: '7' },
    ]);
  });

  it('again keeps what the doctor wrote and does not bring back what he took out', async () => {
    const { made, spoken } = await aSpokenConsultation();
    answer = () => ({ status: 200, body: aDraft(spoken, 'Nega febre.', 'Refere dor.') });
    const first = noteView.parse((await world.doctor('POST', draftOf(made.id))).body);
    const [denied] = first.sections.subjetivo;
    const saved = await world.doctor('PUT', noteOf(made.id), {
      version: 1,
      sections: { subjetivo: [denied, { text: 'Bom estado geral.' }] },
    });
    expect(saved.status).toBe(200);
    const again = noteView.parse((await world.doctor('POST', draftOf(made.id))).body);
    expect(again.version).toBe(3);
    expect(again.sections.subjetivo.map(({ text }) => text)).toEqual([
      'Nega febre.',
      'Bom estado geral.',
    ]);
  });

  it('of a note that was saved while the engine wrote is refused', async () => {
    const { made, spoken } = await aSpokenConsultation();
    const body = { sections: { plano: [{ text: 'Repouso.' }] } };
    let saved: Promise<unknown> = Promise.resolve();
    answer = () => {
      saved = world.doctor('PUT', noteOf(made.id), body);
      return { status: 200, body: aDraft(spoken, 'Nega febre.') };
    };
    const [answered] = await Promise.all([world.doctor('POST', draftOf(made.id)), saved]);
    await saved;
    const note = noteView.parse((await world.doctor('GET', noteOf(made.id))).body);
    // Whichever came first, the doctor's text is there and nobody overwrote it unseen.
    if (answered.status === 409) {
      expect(code(answered)).toEqual([409, 'version_conflict']);
      expect(note.sections.plano).toHaveLength(1);
    } else {
      expect(note.version).toBe(1);
      expect(await saved).toMatchObject({ status: 409 });
    }
  });

  it('tells why there is none: no consent, nothing said, signed, service away', async () => {
    const { made, spoken } = await aSpokenConsultation();
    const refuse = (refused: string, status = 409) => {
      answer = () => ({ status, body: { error: { code: refused, message: 'porque sim' } } });
      return world.doctor('POST', draftOf(made.id));
    };
    expect(code(await refuse('ai_consent_required'))).toEqual([409, 'ai_consent_required']);
    expect(code(await refuse('conflict'))).toEqual([409, 'conflict']);
    expect(code(await refuse('unauthenticated', 401))).toEqual([503, 'unavailable']);
    answer = () => ({ status: 200, body: { sections: 'nonsense' } });
    expect(code(await world.doctor('POST', draftOf(made.id)))).toEqual([503, 'unavailable']);
    answer = () => ({ status: 200, body: aDraft(spoken, 'Nega febre.') });
    await world.doctor('POST', draftOf(made.id));
    await world.doctor('POST', `${noteOf(made.id)}/sign`, { version: 1 });
    expect(code(await world.doctor('POST', draftOf(made.id)))).toEqual([409, 'conflict']);
  });

  it('is for the consultation’s own doctor', async () => {
    const { made } = await aSpokenConsultation();
    expect(code(await world.otherDoctor('POST', draftOf(made.id)))).toEqual([404, 'not_found']);
    expect(code(await world.admin('POST', draftOf(made.id)))).toEqual([403, 'forbidden']);
    expect(code(await world.stranger('POST', draftOf(made.id)))).toEqual([404, 'not_found']);
    expect(code(await world.nobody('POST', draftOf(made.id)))).toEqual([401, 'unauthenticated']);
  });
});

describe('the end of a consultation', () => {
  const complete = (id: string) =>
    world.gateway.database.database.asSystem('arrange a test', (trx) =>
      trx
        .updateTable('consultations')
        .set({ status: 'COMPLETED', started_at: new Date(), ended_at: new Date() })
        .where('id', '=', id)
        .execute(),
    );
  const drain = async () => {
    // Last utterances are waited for.
    world.gateway.clock.advance(60_000);
    const done = await drainJobs(world.gateway, { only: ['note.draft'] });
    return done.filter(({ failed }) => failed !== undefined);
  };
  const letterOf = (id: string) =>
    world.gateway.database.database.asSystem('look', (trx) =>
      trx
        .selectFrom('documents')
        .select(['status', 'content', 'version'])
        .where('consultation_id', '=', id)
        .where('kind', '=', 'letter')
        .execute(),
    );

  it('drafts the note, and a letter that waits for the doctor’s approval', async () => {
    const { made, spoken } = await aSpokenConsultation();
    answer = (id) => ({ status: id === made.id ? 200 : 404, body: aDraft(spoken, 'Nega febre.') });
    letter = {
      text: 'Olá. Este é o resumo.',
      engine: 'motor-de-teste',
      engine_version: '7',
      prompt_hash: null,
    };
    await complete(made.id);
    expect(await drain()).toEqual([]);
    const note = noteView.parse((await world.doctor('GET', noteOf(made.id))).body);
    expect(note).toMatchObject({ version: 1, engine: 'motor-de-teste', status: 'rascunho' });
    expect(await letterOf(made.id)).toEqual([
      {
        status: 'draft',
        version: 1,
        content: {
          text: 'Olá. Este é o resumo.',
          origin: 'ai',
          engine: 'motor-de-teste',
          engine_version: '7',
          prompt_hash: null,
        },
      },
    ]);
  });

  it('leaves a note and a letter alone that the doctor has begun', async () => {
    const { made, spoken } = await aSpokenConsultation();
    answer = () => ({ status: 200, body: aDraft(spoken, 'Nega febre.') });
    letter = { text: 'Outra.', engine: 'x', engine_version: '1', prompt_hash: null };
    await world.doctor('PUT', noteOf(made.id), {
      sections: { subjetivo: [{ text: 'Escrevi eu.' }], objetivo: [], avaliacao: [], plano: [] },
    });
    await world.doctor('PUT', `/api/consultations/${made.id}/letter`, { text: 'Minha carta.' });
    await complete(made.id);
    expect(await drain()).toEqual([]);
    const note = noteView.parse((await world.doctor('GET', noteOf(made.id))).body);
    expect(note.sections.subjetivo.map(({ text }) => text)).toEqual(['Escrevi eu.']);
    // Also when he asks for a draft himself: his letter stays.
    expect((await world.doctor('POST', draftOf(made.id))).status).toBe(200);
    expect(await letterOf(made.id)).toMatchObject([{ content: { text: 'Minha carta.' } }]);
  });

  it('tries again when the engine is away, and gives up where nothing may be drafted', async () => {
    const { made, spoken } = await aSpokenConsultation();
    answer = () => ({ status: 503, body: {} });
    await complete(made.id);
    const [failed] = await drain();
    expect(failed?.failed).toMatchObject({ code: 'unavailable' });
    const refused = { code: 'ai_consent_required', message: 'x', requestId: 'r' };
    answer = () => ({ status: 409, body: { error: refused } });
    await world.gateway.jobs.noteDrafting.draftEnded(made.id);
    expect((await world.doctor('GET', noteOf(made.id))).status).toBe(404);
    answer = () => ({ status: 200, body: aDraft(spoken, 'Nega febre.') });
    await world.gateway.jobs.noteDrafting.draftEnded(made.id);
    await world.gateway.jobs.noteDrafting.draftEnded(made.id);
    const note = noteView.parse((await world.doctor('GET', noteOf(made.id))).body);
    expect(note.version).toBe(1);
  });
});
