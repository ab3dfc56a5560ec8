import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, beforeAll } from 'vitest';
import { startTestService, type TestService } from './test-service.ts';

export let db: TestDatabase;
export let world: World;
export let service: TestService;

/** A database of one's own, clinics in it and one service on it, for all tests of a file. */
export function useTestStage(): void {
  beforeAll(async () => {
    db = await createTestDatabase();
    world = await createWorld(db.ownerUrl);
    service = await startTestService({ appUrl: db.appUrl });
  });
  afterAll(async () => {
    await service.stop();
    await world.close();
    await db.drop();
  });
}
