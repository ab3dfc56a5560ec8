import { resolve } from 'node:path';
import { createLogger } from '@medcall/service-kit';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../testing/project-root.ts';
import { withoutWeights } from '../testing/without-weights.ts';
import type { Embedder } from './embeddings.ts';
import { ChunkIndex } from './guidelines/chunk-index.ts';
import { readCorpus } from './guidelines/corpus.ts';
import { startKnowledge } from './knowledge-base.ts';
import { ModelFailure } from './llm/model-failure.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

const guidelinesDir = resolve(projectRoot, 'database/seeds/guidelines');

async function knowledge(embedder: Embedder) {
  const index = new ChunkIndex(db.database);
  const corpus = (await readCorpus(guidelinesDir)).slice(0, 3);
  const started = startKnowledge({
    database: db.database,
    embedder,
    index,
    corpus,
    guidelinesDir,
    logger: createLogger({ service: 'test', level: 'silent' }),
    tryAgainMs: 5,
  });
  return { index, started };
}

it('has the guidelines at once when a vendor is down, and their vectors when it is back', async () => {
  let down = true;
  const { index, started } = await knowledge({
    ...withoutWeights,
    async start() {
      if (down) throw new ModelFailure('unavailable', { charge: { kind: 'unknown' } });
    },
  });
  await started.ready;
  const withVector = () => index.nearest(new Float32Array([1]), null).length;
  expect(index.size).toBeGreaterThan(5);
  expect(withVector()).toBe(0);
  down = false;
  await expect.poll(withVector).toBe(index.size);
  await started.stop();
});

it('is not ready when it is broken otherwise', async () => {
  const { started } = await knowledge({
    ...withoutWeights,
    start: () => Promise.reject(new Error('no weights')),
  });
  await expect(started.ready).rejects.toThrow('no weights');
  await started.stop();
});
