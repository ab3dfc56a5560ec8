import { randomUUID } from 'node:crypto';
import type { AiClient } from '../services/ai-client.ts';

/** Asks one thing of every sentence, and says what is covered. */
export const scriptedAi: AiClient = {
  suggest: async ({ text, transcriptionId }) => ({
    suggestions: [],
    items: [
      {
        id: randomUUID(),
        topic: 'duracao',
        question: 'Desde quando?',
        rationale: 'A duração muda a conduta.',
        sources: [
          {
            documentId: 'd',
            title: 't',
            source: 's',
            year: 2024,
            section: '1',
            url: 'https://example.test/d',
            excerpt: 'e',
          },
        ],
        triggeredBy: { transcriptionId, text },
        engine: 'embedded',
      },
    ],
    coverage: [{ key: 'inicio', label: 'Início', status: 'covered', transcriptionId }],
  }),
};
