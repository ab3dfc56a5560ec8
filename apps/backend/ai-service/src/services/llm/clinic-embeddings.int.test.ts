import { randomUUID } from 'node:crypto';
import { clinicGuideline } from '@medcall/shared-types/guideline';
import { describe, expect, it, vi } from 'vitest';
import {
  base,
  fake,
  start,
  startOnce,
  stop,
  useEmbeddingStage,
  world,
} from '../../testing/embedding-stage.ts';
import type { TestService } from '../../testing/test-service.ts';
import { withoutWeights } from '../../testing/without-weights.ts';
import type { Embedder } from '../embeddings.ts';
import { ChunkIndex } from '../guidelines/chunk-index.ts';
import { renewVectors } from '../guidelines/renew-vectors.ts';

useEmbeddingStage();

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
    await stop();

    const name = 'azure:text-embedding-3-small';
    await startOnce();
    expect(await vectorsOf(id)).toEqual([{ model: null }]);
    expect(await vectorsOf(second.id)).toEqual([{ model: `${name}@32` }]);
    await world.query('update clinicas set ai_cap_brl_month = 100 where id = $1', [clinicaId]);
    await startOnce();
    expect(await vectorsOf(id)).toEqual([{ model: `${name}@32` }]);
    expect(await settledCosts(clinicaId)).toEqual([expect.objectContaining({ state: 'settled' })]);
  });

  it('that another model embedded is not compared with this one’s vectors', async () => {
    const running = await start();
    const { clinicaId, token } = await anAdmin(running);
    const { id } = await upload(running, token, flow('Fluxo da abelha'));
    await stop();
    await world.query('update clinicas set ai_cap_brl_month = 0 where id = $1', [clinicaId]);
    fake.dimension = 16;
    await startOnce();
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
