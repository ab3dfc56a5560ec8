import type { World } from '@medcall/service-kit/testing/world';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { openStage, type Stage } from './stage.ts';
import { withoutWeights } from './without-weights.ts';

/** A stage whose language model is a fake server: what tests of a model's answers need. */
export interface ModelStage extends Stage {
  fake: FakeChatServer;
}

/** @param prepare brings in what must stand in the database before the service reads it */
export async function openModelStage(
  prepare: (world: World) => Promise<void> = async () => undefined,
): Promise<ModelStage> {
  const fake = await startFakeChatServer();
  const stage = await openStage({
    env: { LLM_PROVIDER: 'openai', OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_API_KEY: fake.apiKey },
    embedder: withoutWeights,
    prepare,
  });
  return {
    ...stage,
    fake,
    async close() {
      await stage.close();
      await fake.close();
    },
  };
}
