import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type RedirectingVendor,
  startRedirectingVendor,
} from '../../../../../../tests/fakes/redirecting.ts';
import { createAzureEmbeddings, createOpenAiEmbeddings } from './openai-embeddings.ts';
import { createAzureModel, createOpenAiModel } from './openai-model.ts';

describe.each([302, 307] as const)('a vendor that answers %i', (status) => {
  let vendor: RedirectingVendor;
  beforeEach(async () => {
    vendor = await startRedirectingVendor(status);
  });
  afterEach(() => vendor.close());

  it('is not followed: what was asked, and the key, go nowhere else', async () => {
    const azure = { endpoint: vendor.url, apiKey: 'k', apiVersion: '2024-10-21', deployment: 'm' };
    const openAi = { baseUrl: `${vendor.url}/v1`, apiKey: 'k', model: 'm' };
    const { signal } = new AbortController();
    for (const model of [createAzureModel(azure), createOpenAiModel(openAi)]) {
      const asked = model.complete({
        prompt: { task: 'perguntas', version: 1, text: 'Sugira perguntas.', hash: 'h' },
        input: 'Paciente: dói a barriga',
        answer: z.object({ questions: z.array(z.string()) }),
        maxOutputTokens: 10,
        signal,
      });
      await expect(asked).rejects.toMatchObject({ reason: 'unavailable' });
    }
    for (const embedder of [createAzureEmbeddings(azure), createOpenAiEmbeddings(openAi)]) {
      await expect(embedder.embed(['dor'], signal)).rejects.toMatchObject({
        reason: 'unavailable',
      });
    }
    expect(vendor).toMatchObject({ asked: 4, followed: 0 });
  });
});
