import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { anamnesisTopicKeys } from '@medcall/shared-types/anamnesis-topics';
import type { SuggestionsResponse } from '@medcall/shared-types/suggestion';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatBehaviour } from '../../../../../../tests/fakes/openai-chat/chat-behaviour.ts';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { diligentModel } from '../../testing/diligent-model.ts';
import { aTestRoom } from '../../testing/room.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';
import { withoutWeights } from '../../testing/without-weights.ts';

let base: TestDatabase;
let world: World;
let fake: FakeChatServer;

beforeAll(async () => {
  base = await createTestDatabase();
  world = await createWorld(base.ownerUrl);
  fake = await startFakeChatServer();
});
afterAll(async () => {
  await fake?.close();
  await world?.close();
  await base?.drop();
});
beforeEach(() => {
  fake.answers = diligentModel;
  fake.calls.length = 0;
  fake.charges.length = 0;
});

const modelEnv = () => ({
  azure: {
    LLM_PROVIDER: 'azure',
    AZURE_OPENAI_ENDPOINT: fake.url,
    AZURE_OPENAI_API_KEY: fake.apiKey,
  },
  openai: {
    LLM_PROVIDER: 'openai',
    OPENAI_BASE_URL: `${fake.url}/v1`,
    OPENAI_API_KEY: fake.apiKey,
  },
});
const engines: [string, () => Record<string, string>][] = [
  ['embedded-retrieval', () => ({})],
  ['azure:gpt-4o', () => modelEnv().azure],
  ['openai:gpt-4o', () => modelEnv().openai],
];

const talk: ['MEDICO' | 'PACIENTE', string][] = [
  ['MEDICO', 'Bom dia, o que trouxe a senhora aqui?'],
  ['PACIENTE', 'Estou com uma dor no peito há três dias, doutor.'],
  ['MEDICO', 'A dor aparece quando a senhora faz esforço?'],
  ['PACIENTE', 'Aparece sim, quando subo a escada do prédio.'],
  ['MEDICO', 'Certo, pode continuar.'],
  ['PACIENTE', 'Também fico com falta de ar e muito cansada.'],
  ['MEDICO', 'Entendi, e o que mais?'],
  ['PACIENTE', 'Minha mãe morreu do coração com sessenta anos.'],
  ['MEDICO', 'Sinto muito.'],
  ['PACIENTE', 'E eu tenho medo de que seja a mesma coisa comigo.'],
];

describe.each(engines)('questions by %s', (engine, env) => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ appUrl: base.appUrl, env: env() });
  });
  afterAll(() => service?.stop());

  it('are at most three at a time, each topic once, none covered, each with a passage that exists', async () => {
    const room = await aTestRoom(world, service);
    const offered: SuggestionsResponse['items'] = [];
    const told = new Map<string, string>();
    for (const [speaker, text] of talk) {
      const id = await room.says(speaker, text);
      if (speaker === 'MEDICO') continue;
      told.set(id, text);
      const answer = await room.ask(id);
      const covered = answer.coverage?.filter((item) => item.status === 'covered') ?? [];
      for (const item of answer.items) {
        expect(covered.map((one) => one.key)).not.toContain(item.topic);
        expect(anamnesisTopicKeys).toContain(item.topic);
        const motive = told.get(item.triggeredBy.transcriptionId ?? '');
        expect(item.triggeredBy).toEqual(
          motive === undefined
            ? { transcriptionId: null, text: '' }
            : { transcriptionId: item.triggeredBy.transcriptionId, text: motive },
        );
        expect(item.rationale).not.toBe('');
        const [source] = item.sources;
        const [passage] = await world.query<{ text: string }>(
          `select c.text from guideline_chunks c join guideline_documents d on d.id = c.document_id
           where d.slug = $1 and c.section = $2`,
          [source?.documentId, source?.section],
        );
        expect(passage?.text.replace(/\s+/g, ' ')).toContain(source?.excerpt);
      }
      offered.push(...answer.items);
      const open = await world.query(
        `select 1 from suggestions s
         left join coverage_items c on c.consultation_id = $2 and c.key = s.topic
         where s.room_id = $1 and s.status = 'shown' and coalesce(c.status, 'open') = 'open'`,
        [room.roomId, room.id],
      );
      expect(open.length).toBeLessThanOrEqual(3);
    }
    expect(offered.length).toBeGreaterThan(2);
    expect(new Set(offered.map((item) => item.topic)).size).toBe(offered.length);
    expect(offered[0]?.redFlag).toBe(true);
    expect(offered.map((item) => item.engine)).toContain(engine);
  });

  it('are the same when asked again, at once and later', async () => {
    const room = await aTestRoom(world, service);
    const id = await room.says('PACIENTE', 'Estou com muita tontura desde ontem de manhã, doutor.');
    const answers = await Promise.all([room.ask(id), room.ask(id)]);
    answers.push(await room.ask(id));
    const ids = answers.map((answer) => answer.items.map((item) => item.id).sort());
    expect(ids[0]?.length).toBeGreaterThan(0);
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    if (engine !== 'embedded-retrieval') expect(fake.calls).toHaveLength(1);
  });

  it('say in the record which engine, model, prompt and output they come from', async () => {
    const room = await aTestRoom(world, service);
    const id = await room.says(
      'PACIENTE',
      'Estou com dor de cabeça muito forte há dois dias, doutor.',
    );
    await room.ask(id);
    const [run] = await world.query('select * from suggestion_runs where transcription_id = $1', [
      id,
    ]);
    const rows = await world.query('select * from suggestions where room_id = $1', [room.roomId]);
    const model = engine !== 'embedded-retrieval';
    expect(run).toMatchObject({
      engine,
      engine_version: model ? 'gpt-4o-2024-11-20' : expect.any(String),
      prompt_hash: model ? expect.stringMatching(/^[0-9a-f]{64}$/) : null,
      output_id: model ? expect.stringMatching(/^chatcmpl-/) : null,
      fallback_reason: null,
      dropped: {},
    });
    expect(rows.filter((row) => row.engine === engine)).not.toHaveLength(0);
    for (const row of rows.filter((one) => one.engine === engine)) {
      expect(row).toMatchObject({
        engine_version: run?.engine_version,
        prompt_hash: run?.prompt_hash,
        output_id: run?.output_id,
        fallback: false,
      });
    }
  });
});

describe('a language model that does not help', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startTestService({
      appUrl: base.appUrl,
      env: { ...modelEnv().azure },
      embedder: withoutWeights,
    });
  });
  afterEach(() => service.stop());

  const failures: [ChatBehaviour, string, RegExp][] = [
    [{ kind: 'unauthorized' }, 'unavailable', /não respondeu/],
    [{ kind: 'refusal' }, 'refused', /recusou/],
    [{ kind: 'prompt_filtered' }, 'refused', /recusou/],
    [{ kind: 'too_long', answer: { perguntas: [] } }, 'unavailable', /não respondeu/],
    [{ kind: 'rate_limited', retryAfterMs: 60_000 }, 'unavailable', /não respondeu/],
    [{ kind: 'answer', answer: { perguntas: [nonsense()] } }, 'unavailable', /não respondeu/],
  ];
  it.each(failures)(
    '%j is stood in for by the bank, and the doctor is told',
    async (behaviour, reason, sentence) => {
      fake.next(behaviour);
      const room = await aTestRoom(world, service);
      const id = await room.says('PACIENTE', 'Estou com muita tosse há uma semana, doutora.');
      const answer = await room.ask(id);
      expect(answer.items.length).toBeGreaterThan(0);
      for (const item of answer.items) {
        expect(item).toMatchObject({ engine: 'embedded-retrieval', fallback: true });
      }
      expect(answer.notice).toMatchObject({ reason, message: expect.stringMatching(sentence) });
      expect((await room.ask(id)).notice?.reason).toBe(reason);
    },
  );

  it('has what cites nothing, an unknown passage or a closed topic dropped and counted', async () => {
    fake.answers = (call) => {
      const { perguntas } = diligentModel(call, 1);
      const [good] = perguntas;
      return {
        perguntas: [
          { ...good, trecho: '' },
          { ...good, trecho: 'T99' },
          { ...good, topico: 'senha_do_banco' },
          { ...good, topico: 'duracao', pergunta: 'Há quanto tempo o senhor está com tosse?' },
          { ...good, pergunta: 'Tome dois comprimidos agora.' },
          good,
          good,
        ],
      };
    };
    const room = await aTestRoom(world, service);
    const id = await room.says('PACIENTE', 'Estou com muita tosse há uma semana, doutora.');
    const answer = await room.ask(id);
    expect(answer.items.filter((item) => item.engine === 'azure:gpt-4o')).toHaveLength(1);
    const [run] = await world.query(
      'select dropped from suggestion_runs where transcription_id = $1',
      [id],
    );
    expect(run?.dropped).toMatchObject({
      no_citation: 1,
      unknown_passage: 1,
      unknown_topic: 1,
      not_a_question: 1,
      repeated_topic: 1,
    });
  });

  it.each(['switched off', 'refused', 'withdrawn'])('is not called when AI is %s', async (how) => {
    const room = await aTestRoom(world, service);
    const id = await room.says('PACIENTE', 'Estou com muita tosse há uma semana, doutora.');
    if (how === 'switched off') {
      await world.query('update consultations set ai_enabled = false where id = $1', [room.id]);
    } else await world.aConsent(room, 'ai', false);
    await expect(room.ask(id)).rejects.toThrow('ai_consent_required');
    expect(fake.calls).toHaveLength(0);
    const booked = await world.query('select 1 from ai_pricing where consultation_id = $1', [
      room.id,
    ]);
    expect(booked).toHaveLength(0);
  });

  it('stops at the cap: no call, the bank goes on, the doctor is told', async () => {
    const room = await aTestRoom(world, service);
    await world.query("update consultations set cost_cap_brl = '0.000001' where id = $1", [
      room.id,
    ]);
    const answer = await room.ask(
      await room.says('PACIENTE', 'Estou com muita tosse há uma semana, doutora.'),
    );
    expect(fake.calls).toHaveLength(0);
    expect(answer.items.length).toBeGreaterThan(0);
    expect(answer.notice).toMatchObject({ reason: 'cost_cap' });
  });

  it('is given no names, no numbers of people, and nothing of another consultation', async () => {
    const [first, second] = [await aTestRoom(world, service), await aTestRoom(world, service)];
    await world.query("update patients set name = 'Wanderleia Quixabeira' where id = $1", [
      first.patientId,
    ]);
    const a = await first.says(
      'PACIENTE',
      'Aqui é a wanderleia quixabeira, CPF 529.982.247-25, telefone 11 98765-4321, estou com febre há dois dias.',
    );
    const b = await second.says(
      'PACIENTE',
      'Estou com uma coceira estranhíssima no cotovelo há dois dias.',
    );
    await Promise.all([first.ask(a), second.ask(b)]);
    expect(fake.calls).toHaveLength(2);
    const sent = fake.calls.map((call) => call.system + call.user);
    for (const text of sent) expect(text).not.toMatch(/wanderleia|quixabeira|529\.982|98765/i);
    expect(sent.filter((text) => /estou com febre/.test(text))).toHaveLength(1);
    expect(sent.filter((text) => /coceira estranhíssima/.test(text))).toHaveLength(1);
    expect(sent.some((text) => /estou com febre/.test(text) && /estranhíssima/.test(text))).toBe(
      false,
    );
  });
});

function nonsense() {
  return { topico: 'x', pergunta: 'HACKED', trecho: '', alarme: true };
}
