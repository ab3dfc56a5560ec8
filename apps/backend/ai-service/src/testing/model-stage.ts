import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { startTestService, type TestService } from './test-service.ts';
import { withoutWeights } from './without-weights.ts';

/** A service whose language model is a fake server: what tests of a model's answers need. */
export interface ModelStage {
  base: TestDatabase;
  world: World;
  fake: FakeChatServer;
  service: TestService;
  close(): Promise<void>;
}

/** @param prepare brings in what must stand in the database before the service reads it */
export async function openModelStage(
  prepare: (world: World) => Promise<void> = async () => undefined,
): Promise<ModelStage> {
  const base = await createTestDatabase();
  const world = await createWorld(base.ownerUrl);
  const fake = await startFakeChatServer();
  await prepare(world);
  const service = await startTestService({
    appUrl: base.appUrl,
    env: { LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_API_KEY: fake.apiKey },
    embedder: withoutWeights,
  });
  return {
    base,
    world,
    fake,
    service,
    async close() {
      await service.stop();
      await fake.close();
      await world.close();
      await base.drop();
    },
  };
}
