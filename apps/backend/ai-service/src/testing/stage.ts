import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import type { Embedder } from '../services/embeddings.ts';
import { startTestService, type TestService } from './test-service.ts';

/** A database of its own, people in it, and the service on it: what tests over the interface need. */
export interface Stage {
  base: TestDatabase;
  world: World;
  service: TestService;
  close(): Promise<void>;
}

export interface StageOptions {
  embedder?: Embedder;
  env?: Record<string, string>;
  /** Brings in what must stand in the database before the service reads it. */
  prepare?: (world: World) => Promise<void>;
}

export async function openStage({ prepare, ...options }: StageOptions = {}): Promise<Stage> {
  const base = await createTestDatabase();
  const world = await createWorld(base.ownerUrl);
  await prepare?.(world);
  const service = await startTestService({ appUrl: base.appUrl, ...options });
  return {
    base,
    world,
    service,
    async close() {
      await service.stop();
      await world.close();
      await base.drop();
    },
  };
}
