import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { createWorld, type World } from '@medcall/service-kit/testing/world';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { azureEmbeddings } from './azure-embeddings.ts';
import { startTestService, type TestService } from './test-service.ts';

export let base: TestDatabase;
export let world: World;
/** The vendor: of 32 dimensions, until a test says otherwise. */
export let fake: FakeChatServer;
let service: TestService | undefined;

/** A database for the file, and for each test a vendor of embeddings: called once at the top of a test file. */
export function useEmbeddingStage(): void {
  beforeAll(async () => {
    base = await createTestDatabase();
    world = await createWorld(base.ownerUrl);
  });
  afterAll(async () => {
    await world?.close();
    await base?.drop();
  });
  beforeEach(async () => {
    fake = await startFakeChatServer();
    fake.dimension = 32;
  });
  afterEach(async () => {
    await stop();
    await fake.close();
  });
}

/** The service with the vendor's embeddings; ends with the test at the latest. */
export async function start(): Promise<TestService> {
  service = await startTestService({ appUrl: base.appUrl, env: azureEmbeddings(fake) });
  return service;
}

export async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

/** What a start does by itself. */
export async function startOnce(): Promise<void> {
  await start();
  await stop();
}
