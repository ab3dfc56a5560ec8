import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { clinicGuideline } from '@medcall/shared-types/guideline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { aTestRoom } from '../../testing/room.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';
import { withoutWeights } from '../../testing/without-weights.ts';
import type { Embedder } from '../embeddings.ts';
import { ChunkIndex } from '../guidelines/chunk-index.ts';
import { renewVectors } from '../guidelines/renew-vectors.ts';

let base: TestDatabase;
let world: World;
let fake: FakeChatServer;
let service: TestService | undefined;

beforeAll(async () => {
  base = await createTestDatabase();
  world = await createWorld(base.ownerUrl);
});
afterAll(async () => {
  await world?.close();
  await base?.drop();
});
beforeEach(async () => {
  fake = await startFakeChatServer();
  fake.dimension = 32;
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  await fake.close();
});

const start = async () => {
  service = await startTestService({
    appUrl: base.appUrl,
    env: {
      EMBEDDING_PROVIDER: 'azure',
      AZURE_OPENAI_ENDPOINT: fake.url,
      AZURE_OPENAI_API_KEY: fake.apiKey,
      BRL_PER_USD: '5',
    },
  });
  return service;
};

const models = () =>
  world.query(
    `select embedding_model as model, embedding_dimension as dimension, count(*)::int as count
     from guideline_chunks c join guideline_documents d on d.id = c.document_id and d.active
     group by 1, 2 order by 1`,
  );

it('embeds the corpus and the clinics’ documents anew when the model or its dimension changes, and only then', async () => {
  const before = await startTestService({ appUrl: base.appUrl, embedder: withoutWeights });
  await before.stop();
  const { clinicaId } = await world.aDoctor();
  await world.query(
    `with d as (insert into guideline_documents (clinica_id, slug, title, source, year, url)
       values ($1, 'protocolo', 'Protocolo', 'Clínica', 2026, 'https://clinica.example') returning id)
     insert into guideline_chunks (document_id, position, section, text, embedding, embedding_model, embedding_dimension)
     select id, 0, 'Febre', 'Perguntar pela febre.', array[1], 'none', 1 from d`,
    [clinicaId],
  );
  const count = (await models())[0]?.count;
  expect(await models()).toEqual([{ model: 'none', dimension: 1, count }]);

  await (await start()).stop();
  service = undefined;
  const name = 'azure:text-embedding-3-small';
  expect(await models()).toEqual([{ model: `${name}@32`, dimension: 32, count }]);

  fake.embedded.length = 0;
  await (await start()).stop();
  service = undefined;
  expect(fake.embedded).toHaveLength(1);

  fake.dimension = 16;
  await start();
  expect(await models()).toEqual([{ model: `${name}@16`, dimension: 16, count }]);
});

it('sends a query without names and numbers, once consent stands, and books it to the micro-real', async () => {
  const room = await aTestRoom(world, await start());
  fake.embedded.length = 0;
  fake.charges.length = 0;
  const id = await room.says(
    'PACIENTE',
    'Aqui é a Odete Sampaio, CPF 529.982.247-25, estou com dor de cabeça e febre há dois dias.',
  );
  expect((await room.ask(id)).items.length).toBeGreaterThan(0);
  expect(fake.embedded.length).toBeGreaterThan(0);
  for (const text of fake.embedded) expect(text).not.toMatch(/odete|sampaio|529|247/i);
  expect(fake.embedded.join(' ')).toMatch(/dor de cabeça e febre/);
  const rows = await world.query(
    'select service, state, tokens, cost_brl_micros::int as micros from ai_pricing where consultation_id = $1',
    [room.id],
  );
  const tokens = fake.charges.reduce((sum, charge) => sum + charge.inputTokens, 0);
  // 20,000 micro-dollars a million tokens, five reais a dollar.
  expect(rows).toEqual([
    {
      service: 'embedding',
      state: 'settled',
      tokens,
      micros: Math.ceil((tokens * 20_000 * 5) / 1e6),
    },
  ]);

  await world.aConsent(room, 'ai', false);
  fake.embedded.length = 0;
  await expect(room.ask(await room.says('PACIENTE', 'A dor piora à noite.'))).rejects.toThrow(
    'ai_consent_required',
  );
  expect(fake.embedded).toEqual([]);
});

it('stops at the cap and when the vendor fails: questions go on by full text', async () => {
  const running = await start();
  const capped = await aTestRoom(world, running);
  await world.query('update consultations set cost_cap_brl = 0 where id = $1', [capped.id]);
  fake.embedded.length = 0;
  const first = await capped.ask(
    await capped.says('PACIENTE', 'Estou com dor de cabeça há dois dias.'),
  );
  expect(first.items.length).toBeGreaterThan(0);
  expect(fake.embedded).toEqual([]);

  fake.next({ kind: 'server_error' });
  const room = await aTestRoom(world, running);
  const second = await room.ask(
    await room.says('PACIENTE', 'Estou com dor de cabeça há dois dias.'),
  );
  expect(second.items.length).toBeGreaterThan(0);
  const rows = await world.query('select state from ai_pricing where consultation_id = $1', [
    room.id,
  ]);
  expect(rows).toEqual([{ state: 'reserved' }]);
});

const settledCosts = (clinicaId: string) =>
  world.query(
    `select service, state, tokens, cost_brl_micros::int as micros, consultation_id
     from ai_pricing where clinica_id = $1`,
    [clinicaId],
  );
const vectorsOf = (id: string) =>
  world.query(
    'select distinct embedding_model as model from guideline_chunks where document_id = $1',
    [id],
  );
const flow = (title: string) => ({
  title,
  source: 'Clínica de Teste',
  year: 2026,
  url: 'https://clinica.example/fluxo',
  markdown: `# ${title}\n\n## Conduta\n\nLavar a ferida e observar o sagui por dez dias.\n`,
});

describe('a clinic’s own guideline', () => {
  it('is embedded at the clinic’s expense, to the micro-real, and stands in its month', async () => {
    const running = await start();
    const { clinicaId, token } = await anAdmin(running);
    fake.charges.length = 0;
    const made = await upload(running, token, flow('Fluxo do sagui'));
    expect(await vectorsOf(made.id)).toEqual([{ model: 'azure:text-embedding-3-small@32' }]);
    const tokens = fake.charges.reduce((sum, charge) => sum + charge.inputTokens, 0);
    const micros = Math.ceil((tokens * 20_000 * 5) / 1e6);
    expect(micros).toBeGreaterThan(0);
    expect(await settledCosts(clinicaId)).toEqual([
      { service: 'embedding', state: 'settled', tokens, micros, consultation_id: null },
    ]);
    const { body } = await running.call('GET', '/api/ai-pricing/stats?period=month', { token });
    expect(body).toMatchObject({ totalBrl: (micros / 1e6).toFixed(6), byDoctor: [] });
    const foreign = await anAdmin(running);
    expect(
      (await running.call('GET', '/api/ai-pricing/stats?period=month', { token: foreign.token }))
        .body,
    ).toMatchObject({ totalBrl: '0.00' });
  });

  it('costs nothing for who may not bring it in, or brings nothing new', async () => {
    const running = await start();
    const { clinicaId, token } = await anAdmin(running);
    await upload(running, token, flow('Fluxo da arraia'));
    fake.embedded.length = 0;
    const again = await running.call('POST', '/api/guidelines', {
      token,
      body: flow('Fluxo da arraia'),
    });
    expect(again.status).toBe(409);
    const doctor = await running.tokens.forDoctor(await world.aDoctor());
    const refused = await running.call('POST', '/api/guidelines', {
      token: doctor,
      body: flow('Fluxo alheio'),
    });
    expect(refused.status).toBe(403);
    expect(fake.embedded).toEqual([]);
    expect(await settledCosts(clinicaId)).toHaveLength(1);
  });

  it('is stored without vectors when the month’s cap is reached or the vendor fails, and gets them later', async () => {
    const running = await start();
    const { clinicaId, token } = await anAdmin(running);
    await world.query('update clinicas set ai_cap_brl_month = 0 where id = $1', [clinicaId]);
    fake.embedded.length = 0;
    const { id } = await upload(running, token, flow('Fluxo do ouriço'));
    expect(fake.embedded).toEqual([]);
    expect(await settledCosts(clinicaId)).toEqual([]);
    expect(await vectorsOf(id)).toEqual([{ model: null }]);
    await vi.waitFor(async () => {
      const query = new URLSearchParams({ q: 'ouriço' });
      const { body } = await running.call('GET', `/api/guidelines?${query}`, { token });
      expect(JSON.stringify(body)).toContain('Fluxo do ouriço');
    }, 20_000);
    // Another clinic's cap is its own.
    const other = await anAdmin(running);
    fake.next({ kind: 'server_error' });
    const second = await upload(running, other.token, flow('Fluxo da lacraia'));
    expect(await vectorsOf(second.id)).toEqual([{ model: null }]);
    await running.stop();

    const name = 'azure:text-embedding-3-small';
    await (await start()).stop();
    expect(await vectorsOf(id)).toEqual([{ model: null }]);
    expect(await vectorsOf(second.id)).toEqual([{ model: `${name}@32` }]);
    await world.query('update clinicas set ai_cap_brl_month = 100 where id = $1', [clinicaId]);
    await (await start()).stop();
    service = undefined;
    expect(await vectorsOf(id)).toEqual([{ model: `${name}@32` }]);
    expect(await settledCosts(clinicaId)).toEqual([expect.objectContaining({ state: 'settled' })]);
  });

  it('that another model embedded is not compared with this one’s vectors', async () => {
    const running = await start();
    const { clinicaId, token } = await anAdmin(running);
    const { id } = await upload(running, token, flow('Fluxo da abelha'));
    await running.stop();
    service = undefined;
    await world.query('update clinicas set ai_cap_brl_month = 0 where id = $1', [clinicaId]);
    fake.dimension = 16;
    await (await start()).stop();
    service = undefined;
    expect(await vectorsOf(id)).toEqual([{ model: 'azure:text-embedding-3-small@32' }]);
    const index = new ChunkIndex(base.database);
    await index.refresh('azure:text-embedding-3-small@16');
    const own = index.visibleTo(clinicaId).filter((chunk) => chunk.clinicaId === clinicaId);
    expect(own.map(({ embedding }) => embedding)).toEqual([null]);
    const near = index.nearest(new Float32Array(16), clinicaId);
    expect(near.length).toBeGreaterThan(0);
    expect(near.every(({ chunk }) => chunk.embedding?.length === 16)).toBe(true);
  });

  it('is embedded by one instance alone, however many look for work', async () => {
    const { clinicaId } = await world.aDoctor();
    await world.query(
      `with d as (insert into guideline_documents (clinica_id, slug, title, source, year, url)
         values ($1, 'protocolo', 'Protocolo', 'Clínica', 2026, 'https://clinica.example') returning id)
       insert into guideline_chunks (document_id, position, section, text)
       select id, n, 'Parte', 'Perguntar pela febre ' || n from d, generate_series(0, 79) n`,
      [clinicaId],
    );
    const embedded: string[] = [];
    const counting: Embedder = {
      ...withoutWeights,
      async embed(kind, texts, payer) {
        if (payer && 'clinicaId' in payer && payer.clinicaId === clinicaId) embedded.push(...texts);
        return withoutWeights.embed(kind, texts);
      },
    };
    await Promise.all([1, 2, 3].map(() => renewVectors(base.database, counting)));
    expect(embedded).toHaveLength(80);
    expect(new Set(embedded).size).toBe(80);
  });
});

async function anAdmin(running: TestService) {
  const doctor = await world.aDoctor();
  const sub = randomUUID();
  await world.query('insert into auth.users (id) values ($1)', [sub]);
  await world.query(
    "insert into members (user_auth, clinica_id, role, name) values ($1, $2, 'admin', 'Recepção')",
    [sub, doctor.clinicaId],
  );
  const token = await running.tokens.forDoctor({ ...doctor, sub });
  return { clinicaId: doctor.clinicaId, token };
}

async function upload(running: TestService, token: string, body: unknown) {
  const answer = await running.call('POST', '/api/guidelines', { token, body });
  expect(answer.status).toBe(201);
  return clinicGuideline.parse(answer.body);
}

it('asks no vendor for a search that no consultation pays for', async () => {
  const running = await start();
  fake.embedded.length = 0;
  const token = await running.tokens.forDoctor(await world.aDoctor());
  const { status, body } = await running.call('GET', '/api/guidelines?q=cefaleia', { token });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ documentId: 'cefaleia' })]),
  });
  expect(fake.embedded).toEqual([]);
});

it('starts without the vendor: guidelines are found by full text', async () => {
  await world.query('delete from guideline_documents');
  await fake.close();
  const running = await start();
  const token = await running.tokens.forDoctor(await world.aDoctor());
  const { body } = await running.call('GET', '/api/guidelines?q=cefaleia', { token });
  expect(body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ documentId: 'cefaleia' })]),
  });
  expect((await running.call('GET', '/api/health/ready')).status).toBe(200);
});
