import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createTestTokens } from '@medcall/service-kit/testing/tokens';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll } from 'vitest';
import { startTestRedis, type TestRedis } from '../../../../../tests/support/redis.ts';
import { startTestService, type TestService } from './test-service.ts';

export let world: World;
export let redis: TestRedis;
export let a: TestService;
export let b: TestService;

/** Two nodes on one database, one Redis and one folder as object store, for all tests of a file. */
export function useTwoNodes(
  settings: Pick<Parameters<typeof startTestService>[0], 'vadFactory'> = {},
): void {
  let db: TestDatabase;
  let objects: string;
  beforeAll(async () => {
    db = await createTestDatabase();
    world = await createWorld(db.ownerUrl);
    redis = await startTestRedis();
    objects = await mkdtemp(join(tmpdir(), 'medcall-objects-'));
    const cluster = {
      redisUrl: redis.url,
      objectStoreDir: objects,
      tokens: await createTestTokens(),
    };
    a = await startTestService({ appUrl: db.appUrl, cluster, ...settings });
    b = await startTestService({ appUrl: db.appUrl, cluster, ...settings });
  });
  afterAll(async () => {
    await a.stop();
    await b.stop();
    await redis.stop();
    await world.close();
    await db.drop();
    await rm(objects, { recursive: true, force: true });
  });
}
