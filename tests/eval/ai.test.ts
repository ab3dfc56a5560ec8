import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AiReport, measureAi } from '../../bench/eval/ai.ts';

let report: AiReport;
beforeAll(async () => {
  report = await measureAi(join(import.meta.dirname, '../..'));
}, 120_000);

describe.each(['late', 'own'] as const)(
  'the embedded engine over the consultations (%s)',
  (part) => {
    it('offers questions that are pertinent and still open, none twice, each with a passage', () => {
      const figures = report[part];
      expect(figures.precisionAt3).toBeGreaterThanOrEqual(0.7);
      expect(figures.repeats).toBe(0);
      expect(figures.citationValidity).toBe(1);
    });

    it('asks for the red flags that the doctor left out', () => {
      expect(report[part].redFlagRecall).toBeGreaterThanOrEqual(0.9);
    });

    it('writes a note that holds the facts, each sentence linked', () => {
      const figures = report[part];
      expect(figures.factRecall).toBeGreaterThanOrEqual(0.8);
      expect(figures.linkedSentences).toBe(1);
    });
  },
);

it('invents nothing', () => {
  expect(report.all.inventedOutsideQuotes).toBe(0);
  expect(report.all.inventedFacts).toBe(0);
});
