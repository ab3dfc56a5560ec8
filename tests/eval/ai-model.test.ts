import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diligentModel } from '../../apps/backend/ai-service/src/testing/diligent-model.ts';
import { type AiReport, aiTable, measureAi } from '../../bench/eval/ai.ts';
import { modelEvalEngine } from '../../bench/eval/model-engine.ts';
import { type FakeChatServer, startFakeChatServer } from '../fakes/openai-chat/fake-chat-server.ts';

const root = join(import.meta.dirname, '../..');
const only = ['own-01', 'late-01'];
let fake: FakeChatServer;
let spent = 0;

beforeAll(async () => {
  fake = await startFakeChatServer();
});
afterAll(() => fake?.close());

async function measured(key: string): Promise<AiReport> {
  fake.calls.length = 0;
  return measureAi(root, {
    only,
    engine(library, lexicon) {
      const env = { OPENAI_BASE_URL: `${fake.url}/v1`, OPENAI_API_KEY: key };
      const engine = modelEvalEngine('openai', env, lexicon, library);
      return {
        ...engine,
        notes: {
          write: async (...of) => {
            const note = await engine.notes.write(...of);
            spent = engine.spentMicros();
            return note;
          },
        },
      };
    },
  });
}

describe('a language model over the consultations', () => {
  it('is measured by the same figures as the embedded engine, through what the service puts around it', async () => {
    fake.answers = (call) =>
      call.user.includes('"trechos"') ? diligentModel(call, 3) : { frases: [] };
    const report = await measured(fake.apiKey);
    expect(report.engine).toBe('openai:gpt-4o');
    // Where nothing that it proposed was let through, the bank answered; it is counted.
    expect(report.fallbacks).toBeLessThan(fake.calls.length / 2);
    expect(report.all).toMatchObject({ consultations: 2, repeats: 0, citationValidity: 1 });
    // It wrote no note, and nothing else stood in for it.
    expect(report.all.sentencesPerNote).toBe(0);
    expect(fake.calls.length).toBeGreaterThan(2);
    expect(spent).toBeGreaterThan(0);
  }, 120_000);

  it('that does not answer is not measured in silence', async () => {
    const report = await measured('a wrong key');
    expect(report.fallbacks).toBeGreaterThan(2);
    expect(aiTable(report)).toContain('the embedded engine stood in');
    expect(report.all.factRecall).toBeGreaterThan(0.5);
  }, 120_000);
});
