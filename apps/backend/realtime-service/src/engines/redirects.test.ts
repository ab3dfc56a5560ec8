import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type RedirectingVendor,
  startRedirectingVendor,
} from '../../../../../tests/fakes/redirecting.ts';
import { createAzureSpeech, createOpenAiSpeech } from './openai-speech.ts';

describe.each([302, 307] as const)('a speech vendor that answers %i', (status) => {
  let vendor: RedirectingVendor;
  beforeEach(async () => {
    vendor = await startRedirectingVendor(status);
  });
  afterEach(() => vendor.close());

  it('is not followed: no sound and no key go elsewhere', async () => {
    const { signal } = new AbortController();
    for (const engine of [
      createAzureSpeech({
        endpoint: vendor.url,
        apiKey: 'k',
        apiVersion: '2024-10-21',
        deployment: 'whisper',
      }),
      createOpenAiSpeech({ baseUrl: `${vendor.url}/v1`, apiKey: 'k', model: 'whisper-1' }),
    ]) {
      const heard = engine.transcribe(new Int16Array(16_000), { language: 'pt', signal });
      await expect(heard).rejects.toThrow();
    }
    expect(vendor).toMatchObject({ asked: 2, followed: 0 });
  });
});
