import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueue } from '../database/actions.ts';
import type { Database } from '../database/database.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { createBoss, createQueues } from './boss.ts';
import { moveOutbox, type OutboxJob } from './move-outbox.ts';

let db: TestDatabase;
let boss: PgBoss;
const errors: Error[] = [];
beforeAll(async () => {
  db = await createTestDatabase();
  boss = createBoss({ url: db.appUrl, onError: (error) => errors.push(error) });
  await boss.start();
  await createQueues(boss, db.database);
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.drop();
  expect(errors).toEqual([]);
});

async function cause(subjects: readonly string[], runAfter?: Date): Promise<void> {
  await db.database.asSystem('test', async (trx) => {
    for (const subject of subjects) await enqueue(trx, 'audio.expire', subject, runAfter);
  });
}

async function subjectsInBoss(): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const jobs = await boss.fetch<OutboxJob>('audio.expire', { batchSize: 200 });
    if (jobs.length === 0) return found;
    for (const job of jobs) {
      found.push(job.data.subjectId);
      await boss.complete('audio.expire', job.id);
    }
  }
}

test('a thousand jobs, movers that die half-way and movers side by side: each arrives once', async () => {
  const subjects = Array.from({ length: 1000 }, () => randomUUID());
  await cause(subjects);

  // Dies after pg-boss has the jobs and before the commit, every other time.
  let turn = 0;
  const mortal: Database = {
    ...db.database,
    asSystem: (reason, work, options) =>
      db.database.asSystem(
        reason,
        async (trx) => {
          const result = await work(trx);
          turn += 1;
          if (turn % 2 === 1) throw new Error('killed');
          return result;
        },
        options,
      ),
  };
  const moveUntilEmpty = async () => {
    for (;;) {
      const moved = await moveOutbox(mortal, boss, 50).catch(() => undefined);
      if (moved === 0) return;
    }
  };
  await Promise.all([moveUntilEmpty(), moveUntilEmpty(), moveUntilEmpty()]);

  const left = await db.database.asSystem('test', (trx) =>
    trx.selectFrom('app.job_outbox').select('id').execute(),
  );
  expect(left).toEqual([]);
  expect((await subjectsInBoss()).sort()).toEqual(subjects.toSorted());
  expect(turn).toBeGreaterThan(20);
});

test('a job for later waits in pg-boss', async () => {
  await cause([randomUUID()], new Date(Date.now() + 3_600_000));
  expect(await moveOutbox(db.database, boss)).toBe(1);
  expect(await subjectsInBoss()).toEqual([]);
});
