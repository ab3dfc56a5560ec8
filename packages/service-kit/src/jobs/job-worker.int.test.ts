import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { enqueue } from '../database/actions.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { createLogger } from '../logging/logger.ts';
import { createBoss, deadLetters } from './boss.ts';
import { type JobHandlers, type JobWorker, startJobWorker } from './job-worker.ts';

let db: TestDatabase;
const workers: JobWorker[] = [];
const logger = createLogger({ service: 'test', level: 'silent' });

beforeAll(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => db.drop());

async function aWorker(handlers: JobHandlers): Promise<void> {
  workers.push(
    await startJobWorker({
      url: db.appUrl,
      database: db.database,
      logger,
      handlers,
      queues: { heartbeatSeconds: 10, retryLimit: 1, retryDelaySeconds: 1 },
    }),
  );
}

const cause = (subject: string) =>
  db.database.asSystem('test', (trx) => enqueue(trx, 'audio.expire', subject));

test('what is caused before and after the start is done, by one of two workers', async () => {
  const done: string[] = [];
  const handlers: JobHandlers = {
    'audio.expire': async ({ subjectId }) => {
      done.push(subjectId);
    },
  };
  const subjects = Array.from({ length: 40 }, () => randomUUID());
  for (const subject of subjects.slice(0, 20)) await cause(subject);
  await aWorker(handlers);
  await aWorker(handlers);
  for (const subject of subjects.slice(20)) await cause(subject);
  await vi.waitFor(() => expect(done.toSorted()).toEqual(subjects.toSorted()), 20_000);
});

test('what fails is tried again, and put aside where it is seen when it fails for good', async () => {
  const tries: string[] = [];
  const [once, always] = [randomUUID(), randomUUID()];
  await aWorker({
    'audio.expire': async ({ subjectId }) => {
      tries.push(subjectId);
      if (subjectId === always) throw new Error('João da Silva has no such row');
      if (tries.filter((id) => id === once).length === 1) throw new Error('not now');
    },
  });
  await cause(once);
  await cause(always);
  const boss = createBoss({ url: db.appUrl, onError: () => undefined });
  await boss.start();
  try {
    const dead = await vi.waitFor(
      async () => {
        const jobs = await boss.findJobs(deadLetters);
        expect(jobs).toHaveLength(1);
        return jobs;
      },
      { timeout: 30_000, interval: 200 },
    );
    expect(dead[0]).toMatchObject({ sourceName: 'audio.expire', data: { subjectId: always } });
    // A foreign error's words may hold a person's data.
    expect(JSON.stringify(dead)).not.toContain('João');
    expect(tries.filter((id) => id === once)).toHaveLength(2);
    expect(tries.filter((id) => id === always)).toHaveLength(2);
  } finally {
    await boss.stop({ graceful: false });
  }
});

test('a kind without a handler here waits for a process that has one', async () => {
  const done: string[] = [];
  const subject = randomUUID();
  await aWorker({});
  await cause(subject);
  await vi.waitFor(async () => {
    const left = await db.database.asSystem('test', (trx) =>
      trx.selectFrom('app.job_outbox').select('id').execute(),
    );
    expect(left).toEqual([]);
  }, 10_000);
  await aWorker({
    'audio.expire': async ({ subjectId }) => {
      done.push(subjectId);
    },
  });
  await vi.waitFor(() => expect(done).toEqual([subject]), 10_000);
});
