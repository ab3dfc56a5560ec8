import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FakeChatServer,
  startFakeChatServer,
} from '../../../../../../tests/fakes/openai-chat/fake-chat-server.ts';
import { dot } from '../embeddings.ts';
import {
  createAzureEmbeddings,
  createOpenAiEmbeddings,
  type EmbeddingVendor,
} from './openai-embeddings.ts';

let fake: FakeChatServer;
beforeEach(async () => {
  fake = await startFakeChatServer();
});
afterEach(() => fake.close());

const name = 'text-embedding-3-small';
const vendors: [string, () => EmbeddingVendor][] = [
  [
    'azure',
    () =>
      createAzureEmbeddings({
        endpoint: fake.url,
        apiKey: fake.apiKey,
        apiVersion: '2024-10-21',
        deployment: name,
      }),
  ],
  [
    'openai',
    () => createOpenAiEmbeddings({ baseUrl: `${fake.url}/v1`, apiKey: fake.apiKey, model: name }),
  ],
];
const signal = () => new AbortController().signal;

describe.each(vendors)('embeddings of %s', (_, create) => {
  it('are vectors of length one in the order of the texts, with what they cost', async () => {
    fake.dimension = 64;
    const texts = ['dor de cabeça', 'cabeça com dor', 'unha encravada'];
    const { tokens, vectors, version } = await create().embed(texts, signal());
    expect(vectors.map((vector) => vector.length)).toEqual([64, 64, 64]);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    const [a, b, c] = vectors;
    if (!a || !b || !c) throw new Error('a vector is missing');
    expect(dot(a, b)).toBeGreaterThan(dot(a, c));
    expect(tokens).toBe(fake.charges[0]?.inputTokens);
    expect(version).toBe(name);
    expect(fake.embedded).toEqual(texts);
  });

  it('fail in words that say what may be charged', async () => {
    fake.next({ kind: 'rate_limited', retryAfterMs: 5000 });
    await expect(create().embed(['x'], signal())).rejects.toMatchObject({
      reason: 'rate_limited',
      retryAfterMs: 5000,
      charge: { kind: 'none' },
    });
    fake.next({ kind: 'server_error' });
    await expect(create().embed(['x'], signal())).rejects.toMatchObject({
      reason: 'unavailable',
      charge: { kind: 'unknown' },
    });
    fake.next({ kind: 'wrong_json' });
    await expect(create().embed(['x'], signal())).rejects.toMatchObject({
      reason: 'invalid_answer',
    });
    fake.next({ kind: 'hang' });
    await expect(create().embed(['x'], AbortSignal.timeout(30))).rejects.toMatchObject({
      reason: 'timeout',
    });
  });
});
