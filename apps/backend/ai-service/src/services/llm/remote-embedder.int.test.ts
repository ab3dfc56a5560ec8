import { expect, it } from 'vitest';
import {
  base,
  fake,
  start,
  startOnce,
  useEmbeddingStage,
  world,
} from '../../testing/embedding-stage.ts';
import { aTestRoom } from '../../testing/room.ts';
import { startTestService } from '../../testing/test-service.ts';
import { withoutWeights } from '../../testing/without-weights.ts';

useEmbeddingStage();

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

  await startOnce();
  const name = 'azure:text-embedding-3-small';
  expect(await models()).toEqual([{ model: `${name}@32`, dimension: 32, count }]);

  fake.embedded.length = 0;
  await startOnce();
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
