import type { Database } from '@medcall/service-kit';
import { expect, it } from 'vitest';
import { ChunkIndex } from './chunk-index.ts';

/** A database whose readings are answered when they are told to. */
function aSlowDatabase() {
  const answers: ((ids: string[]) => void)[] = [];
  const asSystem = () =>
    new Promise((resolve) => {
      answers.push((ids) => resolve(ids.map((id) => ({ id, embedding: null, kind: 'passage' }))));
    });
  return { answers, database: { asSystem } as unknown as Database };
}

it('a reading that is answered late does not take the place of one that was asked for after it', async () => {
  const { answers, database } = aSlowDatabase();
  const index = new ChunkIndex(database);
  const [before, after] = [index.refresh('m'), index.refresh('m')];
  answers[1]?.(['put back']);
  await after;
  answers[0]?.([]);
  await before;
  expect(index.byId('put back')).toBeDefined();

  const next = index.refresh('m');
  answers[2]?.([]);
  await next;
  expect(index.size).toBe(0);
});
