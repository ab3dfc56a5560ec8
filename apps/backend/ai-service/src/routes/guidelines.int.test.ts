import { randomUUID } from 'node:crypto';
import type { TestDoctor, World } from '@medcall/service-kit/testing/world';
import { clinicGuideline } from '@medcall/shared-types/guideline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aPdf } from '../testing/a-pdf.ts';
import { openStage, type Stage } from '../testing/stage.ts';
import type { TestService } from '../testing/test-service.ts';

let stage: Stage;
let world: World;
let service: TestService;
let doctor: TestDoctor;
let admin: string;

beforeAll(async () => {
  stage = await openStage();
  ({ world, service } = stage);
  doctor = await world.aDoctor();
  admin = await anAdmin(doctor.clinicaId);
});
afterAll(() => stage?.close());

async function anAdmin(clinicaId: string): Promise<string> {
  const sub = randomUUID();
  await world.query('insert into auth.users (id) values ($1)', [sub]);
  await world.query(
    "insert into members (user_auth, clinica_id, role, name) values ($1, $2, 'admin', 'Recepção')",
    [sub, clinicaId],
  );
  return service.tokens.forDoctor({ ...doctor, sub });
}

/** The index is read anew after the event arrives. */
const patience = { timeout: 20_000 };

const facts = { source: 'Clínica de Teste', year: 2026, url: 'https://clinica.example/fluxo' };
const flow = (title: string, text: string) => ({
  ...facts,
  title,
  markdown: `# ${title}\n\n## Conduta\n\n${text}\n`,
});
const post = (body: unknown, token = admin) =>
  service.call('POST', '/api/guidelines', { token, body });

async function search(q: string, token: string) {
  const query = new URLSearchParams({ q, limit: '5' });
  const { body } = await service.call('GET', `/api/guidelines?${query}`, { token });
  return (body as { items: { title: string; text: string }[] }).items;
}

describe('a clinic’s own guidelines', () => {
  it('are found by its doctors, with their vectors, and by nobody else', async () => {
    const made = await post(
      flow('Fluxo de mordida de sagui', 'Lavar a ferida e avaliar a vacina antirrábica do sagui.'),
    );
    expect(made.status).toBe(201);
    const guideline = clinicGuideline.parse(made.body);
    expect(guideline).toMatchObject({ version: 1, active: true, passages: 1 });
    const [chunk] = await world.query<{ embedding_model: string; dimension: number }>(
      'select embedding_model, cardinality(embedding) as dimension from guideline_chunks where document_id = $1',
      [guideline.id],
    );
    expect(chunk).toEqual({ embedding_model: 'e5-small-ptbr-q4', dimension: 384 });
    const own = await service.tokens.forDoctor(doctor);
    await vi.waitFor(async () => {
      const [first] = await search('mordida de sagui', own);
      expect(first?.title).toBe('Fluxo de mordida de sagui');
    }, patience);
    const stranger = await service.tokens.forDoctor(await world.aDoctor());
    const titles = (await search('mordida de sagui', stranger)).map(({ title }) => title);
    expect(titles).not.toContain('Fluxo de mordida de sagui');
  });

  it('get a next version under the same title; the one before stays, inactive', async () => {
    const first = clinicGuideline.parse(
      (await post(flow('Fluxo de dengue', 'Hidratar e colher hemograma no primeiro dia.'))).body,
    );
    expect(
      (await post(flow('Fluxo de dengue', 'Hidratar e colher hemograma no primeiro dia.'))).status,
    ).toBe(409);
    const second = clinicGuideline.parse(
      (await post(flow('Fluxo de dengue', 'Hidratar e colher hemograma no terceiro dia.'))).body,
    );
    expect(second.version).toBe(2);
    const { body } = await service.call('GET', '/api/guidelines', { token: admin });
    const listed = (body as { items: { id: string; active?: boolean }[] }).items;
    expect(listed.find(({ id }) => id === first.id)).toMatchObject({ active: false, version: 1 });
    expect(listed.find(({ id }) => id === second.id)).toMatchObject({ active: true });
  });

  it('can be taken out of the search and put back', async () => {
    const { id } = clinicGuideline.parse(
      (
        await post(
          flow(`Fluxo de picada de arraia ${randomUUID()}`, 'Imersão em água quente na arraia.'),
        )
      ).body,
    );
    const own = await service.tokens.forDoctor(doctor);
    const found = async () =>
      (await search('picada de arraia', own)).some(({ text }) => text.includes('arraia'));
    const set = (active: boolean) =>
      service.call('PATCH', `/api/guidelines/${id}`, { token: admin, body: { active } });
    await vi.waitFor(async () => expect(await found()).toBe(true), patience);
    expect((await set(false)).status).toBe(200);
    await vi.waitFor(async () => expect(await found()).toBe(false), patience);
    expect((await set(true)).status).toBe(200);
    await vi.waitFor(async () => expect(await found()).toBe(true), patience);
  });

  it('come as a PDF too', async () => {
    const file = aPdf([
      ['1. Objetivo', 'Padronizar o uso do oximetro na recepcao. '.repeat(5)],
      ['2. Conduta', 'Saturacao abaixo de noventa e quatro vai direto para a sala de observacao.'],
    ]);
    const query = new URLSearchParams({ title: 'Protocolo do oxímetro', ...facts, year: '2026' });
    const answer = await fetch(`${service.url}/api/guidelines?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/pdf' },
      body: Buffer.from(file),
    });
    expect(answer.status).toBe(201);
    expect(clinicGuideline.parse(await answer.json()).passages).toBe(2);
  });

  it('are the administrator’s affair, and say why they are refused', async () => {
    const body = flow('Fluxo alheio', 'Texto com palavras bastantes para um trecho.');
    expect((await post(body, await service.tokens.forDoctor(doctor))).status).toBe(403);
    const { id } = clinicGuideline.parse((await post(body)).body);
    const foreign = await anAdmin((await world.aDoctor()).clinicaId);
    const patch = await service.call('PATCH', `/api/guidelines/${id}`, {
      token: foreign,
      body: { active: false },
    });
    expect(patch.status).toBe(404);
    expect((await post({ ...body, markdown: '# nada' })).status).toBe(400);
    expect((await post({ ...body, url: 'javascript:alert(1)' })).status).toBe(400);
  });
});
