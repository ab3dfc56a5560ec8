import { CircuitBreaker, type CostLedger, createLogger } from '@medcall/service-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { createOpenAiEmbeddings } from './openai-embeddings.ts';
import { createRemoteEmbedder } from './remote-embedder.ts';

let fake: FakeChatServer;
let reserved: number;
beforeEach(async () => {
  fake = await startFakeChatServer();
  reserved = 0;
});
afterEach(() => fake.close());

const ledger: CostLedger = {
  reserve: async () => ({ granted: true, id: `${++reserved}` }),
  settle: async () => undefined,
  release: async () => undefined,
  spending: async () => ({ spentMicros: 0, capMicros: null, month: null }),
};

const create = () =>
  createRemoteEmbedder({
    vendor: createOpenAiEmbeddings({
      baseUrl: `${fake.url}/v1`,
      apiKey: fake.apiKey,
      model: 'text-embedding-3-small',
    }),
    ledger,
    priceOf: (tokens) => tokens,
    priceVersion: 'test',
    namesIn: async () => [],
    breaker: new CircuitBreaker({ failures: 3, openMs: 30_000 }, { now: () => 0 }),
    newKey: () => `key-${reserved}`,
    wait: async () => undefined,
    logger: createLogger({ service: 'test', level: 'silent' }),
  });

const clinic = { clinicaId: 'c' };
const talk = { consultationId: 't' };

it('reserves and asks nothing while the length of the vectors is not known', async () => {
  const embedder = create();
  expect(await embedder.embed('passage', ['Lavar a ferida.'], clinic)).toEqual([]);
  expect(await embedder.embed('query', ['ferida'], talk)).toEqual([]);
  expect({ reserved, sent: fake.embedded }).toEqual({ reserved: 0, sent: [] });

  await embedder.start();
  expect(await embedder.embed('passage', ['Lavar a ferida.'], clinic)).toHaveLength(1);
  expect(reserved).toBe(1);
});

it.each([
  ['passage', clinic],
  ['query', talk],
] as const)(
  'pays for one %s of another length, and for none until it starts again',
  async (kind, payer) => {
    const embedder = create();
    await embedder.start();
    expect(await embedder.embed(kind, ['febre'], payer)).toHaveLength(1);
    fake.dimension = 16;
    expect(await embedder.embed(kind, ['febre'], payer)).toEqual([]);
    const sent = fake.embedded.length;
    expect(await embedder.embed('passage', ['tosse'], clinic)).toEqual([]);
    expect(await embedder.embed('passage', ['tosse'])).toEqual([]);
    expect(await embedder.embed('query', ['tosse'], talk)).toEqual([]);
    expect({ reserved, sent: fake.embedded.length }).toEqual({ reserved: 2, sent });

    await embedder.start();
    expect(embedder.dimension).toBe(16);
    expect(await embedder.embed(kind, ['febre'], payer)).toHaveLength(1);
    expect(reserved).toBe(3);
  },
);
