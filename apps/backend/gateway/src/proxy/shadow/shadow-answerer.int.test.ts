import type { RequestListener } from 'node:http';
import { createDatabase, createLogger, isShadowed } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ShadowAnswerer, shadowHeader, startShadowAnswerer } from './shadow-answerer.ts';

let db: TestDatabase;
let answerer: ShadowAnswerer;
const deadlines = { connectMs: 1000, headersMs: 10_000, bodyIdleMs: 10_000 };

/** Writes a row, awaits, and says how many it sees. */
const app: RequestListener = (_req, res) => {
  db.database
    .asSystem('test: write in a read', async (trx) => {
      await trx.insertInto('clinicas').values({ nome: 'Só de passagem' }).execute();
      const rows = await trx.selectFrom('clinicas').select('id').execute();
      return rows.length;
    })
    .then((count) => res.end(JSON.stringify({ count, shadowed: isShadowed() })))
    .catch((error: unknown) => res.writeHead(500).end(String(error)));
};

beforeAll(async () => {
  db = await createTestDatabase();
  answerer = await startShadowAnswerer(app, deadlines);
});
afterAll(async () => {
  await answerer?.stop();
  await db?.drop();
});

const clinics = () =>
  db.database.asSystem('test: count', async (trx) => {
    const rows = await trx.selectFrom('clinicas').select('id').execute();
    return rows.length;
  });

describe('our own side of a shadow read', () => {
  it('sees what it writes and leaves nothing of it', async () => {
    const before = await clinics();
    const answer = await answerer.upstream.pool.request({
      path: '/',
      method: 'GET',
      headers: { [shadowHeader]: answerer.secret },
    });
    expect(await answer.body.json()).toEqual({ count: before + 1, shadowed: true });
    expect(await clinics()).toBe(before);
  });

  it.each([
    ['without the secret', 'GET', undefined],
    ['with another', 'GET', 'f'.repeat(64)],
    ['to write', 'POST', 'own'],
  ] as const)('is asked by nobody %s', async (_what, method, secret) => {
    const before = await clinics();
    const given = secret === 'own' ? answerer.secret : secret;
    const answer = await fetch(answerer.upstream.origin, {
      method,
      headers: given === undefined ? {} : { [shadowHeader]: given },
    });
    expect(answer.status).toBe(404);
    expect(await clinics()).toBe(before);
  });

  it('an error within is the error of the read', async () => {
    const database = createDatabase({
      url: db.appUrl,
      applicationName: 'shadow-test',
      logger: createLogger({ service: 'gateway', level: 'silent' }),
    });
    const failing = await startShadowAnswerer((_req, res) => {
      database
        .asSystem('test: fail', async () => {
          throw new Error('as it would have been');
        })
        .catch((error: unknown) => res.end(String(error)));
    }, deadlines);
    const answer = await failing.upstream.pool.request({
      path: '/',
      method: 'GET',
      headers: { [shadowHeader]: failing.secret },
    });
    expect(await answer.body.text()).toBe('Error: as it would have been');
    await failing.stop();
    await database.close();
  });
});
