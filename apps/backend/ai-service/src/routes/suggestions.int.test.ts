import { randomUUID } from 'node:crypto';
import type { TestConsultation, World } from '@medcall/service-kit/testing/world';
import { type SuggestionsResponse, suggestionsResponse } from '@medcall/shared-types/suggestion';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function aRoom(options: { aiEnabled?: boolean; consent?: boolean | null } = {}) {
  const consultation = await world.aConsultation({
    status: 'IN_PROGRESS',
    ...(options.aiEnabled === undefined ? {} : { aiEnabled: options.aiEnabled }),
  });
  const { consent = true } = options;
  if (consent !== null) await world.aConsent(consultation, 'ai', consent);
  return consultation;
}

let clockMs = 0;
async function says(room: TestConsultation, speaker: 'MEDICO' | 'PACIENTE', text: string) {
  clockMs += 3000;
  const [row] = await world.query<{ id: string }>(
    `insert into transcriptions (room_id, speaker, text, timestamp, start_ms, end_ms)
     values ($1, $2, $3, now(), $4, $5) returning id`,
    [room.roomId, speaker, text, clockMs, clockMs + 2500],
  );
  if (!row) throw new Error('no row');
  return row.id;
}

async function ask(room: TestConsultation, transcriptionId: string, transcription = 'x') {
  const token = await service.serviceToken(room.id, room.doctor.clinicaId);
  const { status, body } = await service.call('POST', '/api/suggestions', {
    token,
    body: { roomId: room.roomId, transcription, transcriptionId },
  });
  expect(status).toBe(200);
  return suggestionsResponse.parse(body);
}

const countOf = async (table: string, room: TestConsultation) =>
  (await world.query(`select 1 from ${table} where room_id = $1`, [room.roomId])).length;

describe('POST /api/suggestions', () => {
  it('offers questions with rationale, source and trigger, and stores them with the coverage', async () => {
    const room = await aRoom();
    await says(room, 'MEDICO', 'Bom dia, o que aconteceu?');
    const id = await says(room, 'PACIENTE', 'Estou com dor nas costas há cinco dias, doutora.');
    const answer = await ask(room, id);
    expect(answer.items.length).toBeGreaterThan(0);
    expect(answer.suggestions).toEqual(answer.items.map((item) => item.question));
    for (const item of answer.items) {
      expect(item.rationale).not.toBe('');
      expect(item.engine).toBe('embedded-retrieval');
      expect(item.triggeredBy).toEqual({
        transcriptionId: id,
        text: 'Estou com dor nas costas há cinco dias, doutora.',
      });
      expect(item.sources[0]).toMatchObject({ url: expect.stringMatching(/^https:/) });
      expect(item.sources[0]?.excerpt.length).toBeGreaterThan(20);
    }
    expect(answer.coverage).toContainEqual({
      key: 'inicio',
      label: 'Início',
      status: 'covered',
      transcriptionId: id,
    });
    expect(await countOf('suggestions', room)).toBe(answer.items.length);
    const rows = await world.query(
      "select status from coverage_items where consultation_id = $1 and key = 'inicio'",
      [room.id],
    );
    expect(rows).toEqual([{ status: 'covered' }]);
  });

  it('answers the same utterance with the same questions, also when asked at once', async () => {
    const room = await aRoom();
    const id = await says(room, 'PACIENTE', 'Estou com muita tontura desde ontem de manhã.');
    const [first, second] = await Promise.all([ask(room, id), ask(room, id)]);
    const third = await ask(room, id);
    const ids = (answer: SuggestionsResponse) => answer.items.map((item) => item.id).sort();
    expect(ids(first)).toEqual(ids(second));
    expect(ids(third)).toEqual(ids(first));
    expect(first.items.length).toBeGreaterThan(0);
    expect(await countOf('suggestions', room)).toBe(first.items.length);
  });

  it('takes up what the patient said when only the newest utterance is named', async () => {
    const room = await aRoom();
    const patient = await says(room, 'PACIENTE', 'Minha barriga dói muito desde ontem à noite.');
    const doctor = await says(room, 'MEDICO', 'Entendi. Onde exatamente dói?');
    const answer = await ask(room, doctor);
    expect(answer.items.length).toBeGreaterThan(0);
    expect(answer.items[0]?.triggeredBy.transcriptionId).toBe(patient);
    const again = await ask(room, doctor);
    expect(again.items.map((item) => item.id).sort()).toEqual(
      answer.items.map((item) => item.id).sort(),
    );
  });

  it('never has more than three questions open and never repeats one', async () => {
    const room = await aRoom();
    const offered: string[] = [];
    const lines = [
      'Estou com tosse há uma semana, doutor.',
      'Tem catarro amarelo e me sinto muito cansada.',
      'Meu corpo também está doendo bastante.',
      'À noite eu quase não consigo descansar direito.',
      'Acho que peguei isso no meu trabalho.',
    ];
    for (const line of lines) {
      const answer = await ask(room, await says(room, 'PACIENTE', line));
      offered.push(...answer.items.map((item) => item.topic));
    }
    expect(new Set(offered).size).toBe(offered.length);
    const open = await world.query(
      `select s.topic from suggestions s
       join coverage_items c on c.consultation_id = $2 and c.key = s.topic and c.status = 'open'
       where s.room_id = $1 and s.status = 'shown'`,
      [room.roomId, room.id],
    );
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThanOrEqual(3);
  });

  it('lets unused questions make room in time, also when their utterance was merged into another', async () => {
    const room = await aRoom();
    const opening = await says(room, 'PACIENTE', 'Estou com uma dor no peito há três semanas.');
    const first = await ask(room, opening);
    expect(first.items.length).toBeGreaterThan(0);
    const merged = await says(
      room,
      'PACIENTE',
      'Doutor. Estou com uma dor no peito há três semanas.',
    );
    await world.query('update transcriptions set superseded_by = $2 where id = $1', [
      opening,
      merged,
    ]);
    const later: string[] = [];
    for (let turn = 0; turn < 8; turn++) {
      await says(room, 'MEDICO', 'Certo, pode continuar.');
      const answer = await ask(
        room,
        await says(room, 'PACIENTE', 'A dor no peito aparece na escada.'),
      );
      later.push(...answer.items.map((item) => item.id));
    }
    const retired = await world.query(
      "select id from suggestions where room_id = $1 and status = 'dismissed' and decided_by is null",
      [room.roomId],
    );
    expect(later.length).toBeGreaterThan(0);
    expect(retired.map((row) => row.id)).toContain(first.items[0]?.id);
  });

  it.each([
    ['the switch is off', { aiEnabled: false }],
    ['consent is absent', { consent: null }],
    ['consent is refused', { consent: false }],
  ])('stores nothing when %s', async (_, options) => {
    const room = await aRoom(options);
    const id = await says(room, 'PACIENTE', 'Estou com dor de cabeça há três dias.');
    const token = await service.serviceToken(room.id, room.doctor.clinicaId);
    const { status, body } = await service.call('POST', '/api/suggestions', {
      token,
      body: { roomId: room.roomId, transcription: 'x', transcriptionId: id },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'ai_consent_required' } });
    expect(await countOf('suggestions', room)).toBe(0);
    expect(await countOf('suggestion_runs', room)).toBe(0);
  });

  it('follows the latest consent', async () => {
    const room = await aRoom();
    await world.aConsent(room, 'ai', false);
    const token = await service.serviceToken(room.id, room.doctor.clinicaId);
    const body = { roomId: room.roomId, transcription: 'dor de cabeça' };
    expect((await service.call('POST', '/api/suggestions', { token, body })).status).toBe(409);
    await world.aConsent(room, 'ai', true);
    expect((await service.call('POST', '/api/suggestions', { token, body })).status).toBe(200);
  });

  it("accepts the seed's body from the doctor himself", async () => {
    const room = await aRoom();
    const { status, body } = await service.call('POST', '/api/suggestions', {
      token: await service.tokens.forDoctor(room.doctor),
      body: {
        roomId: room.roomId,
        transcription: 'Paciente relata febre e dor no corpo há dois dias',
        context: 'anamnese',
      },
    });
    expect(status).toBe(200);
    const answer = suggestionsResponse.parse(body);
    expect(answer.suggestions.length).toBeGreaterThan(0);
    expect(answer.items[0]?.triggeredBy.transcriptionId).toBeNull();
  });

  it('tells nobody from elsewhere that the room exists', async () => {
    const room = await aRoom();
    const other = await world.aConsultation();
    const body = { roomId: room.roomId, transcription: 'dor' };
    const stranger = await service.tokens.forDoctor(other.doctor);
    const wrongService = await service.serviceToken(other.id, other.doctor.clinicaId);
    for (const token of [stranger, wrongService]) {
      const answer = await service.call('POST', '/api/suggestions', { token, body });
      expect(answer.status).toBe(404);
    }
    expect((await service.call('POST', '/api/suggestions', { body })).status).toBe(401);
  });

  it('is not for patients', async () => {
    const room = await aRoom();
    const invitation = await world.anInvitation(room);
    const token = await service.tokens.forInvited(room, invitation);
    const { status } = await service.call('POST', '/api/suggestions', {
      token,
      body: { roomId: room.roomId, transcription: 'dor' },
    });
    expect(status).toBe(403);
  });

  it('refuses an utterance of another room and a malformed body', async () => {
    const room = await aRoom();
    const elsewhere = await aRoom();
    const id = await says(elsewhere, 'PACIENTE', 'Estou com dor de cabeça.');
    const token = await service.serviceToken(room.id, room.doctor.clinicaId);
    const foreign = { roomId: room.roomId, transcription: 'x', transcriptionId: id };
    expect((await service.call('POST', '/api/suggestions', { token, body: foreign })).status).toBe(
      404,
    );
    const malformed = { roomId: 'x', transcription: 5 };
    const answer = await service.call('POST', '/api/suggestions', { token, body: malformed });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'validation_failed' } } });
  });

  it('books the search at no cost', async () => {
    const room = await aRoom();
    const id = await says(room, 'PACIENTE', 'Tenho sentido muita azia depois do jantar.');
    await ask(room, id);
    await expect
      .poll(() =>
        world.query(
          'select service, model, cost_brl_micros::int as micros from ai_pricing where consultation_id = $1',
          [room.id],
        ),
      )
      .toEqual([{ service: 'embedding', model: 'e5-small-ptbr-q4', micros: 0 }]);
  });
});

describe('PATCH /api/suggestions/:id', () => {
  it.each(['used', 'dismissed'] as const)(
    'records that a question was %s: its place is the next one’s, and it does not come back',
    async (status) => {
      const room = await aRoom();
      const open: SuggestionsResponse['items'] = [];
      const tells = async (line: string) => {
        const { items } = await ask(room, await says(room, 'PACIENTE', line));
        open.push(...items);
        return items;
      };
      await tells('Estou com falta de ar há uns dias, doutor.');
      await tells('Piora quando eu subo a ladeira da minha rua.');
      await tells('De noite eu também não descanso direito.');
      expect(open).toHaveLength(3);
      expect(await tells('Eu fico assim o dia inteiro lá na loja.')).toEqual([]);
      const [first] = open;
      const answer = await service.call('PATCH', `/api/suggestions/${first?.id}`, {
        token: await service.tokens.forDoctor(room.doctor),
        body: { status },
      });
      expect(answer).toMatchObject({ status: 200, body: { id: first?.id, status } });
      const [row] = await world.query('select status, decided_by from suggestions where id = $1', [
        first?.id,
      ]);
      expect(row).toEqual({ status, decided_by: room.doctor.sub });
      const before = open.map(({ topic }) => topic);
      const next = await tells('Eu queria muito voltar a andar como antes.');
      expect(next).toHaveLength(1);
      expect(before).not.toContain(next[0]?.topic);
    },
  );

  it('does not know the questions of others, nor unknown ones', async () => {
    const room = await aRoom();
    const id = await says(room, 'PACIENTE', 'Estou com falta de ar há uns dias, doutor.');
    const [first] = (await ask(room, id)).items;
    const other = await world.aDoctor();
    const token = await service.tokens.forDoctor(other);
    for (const target of [first?.id, randomUUID(), 'x']) {
      const answer = await service.call('PATCH', `/api/suggestions/${target}`, {
        token,
        body: { status: 'used' },
      });
      expect(answer.status).toBe(404);
    }
  });
});
