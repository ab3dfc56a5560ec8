import { join } from 'node:path';
import { createTestDatabase } from '@medcall/service-kit/database/test-database';
import { beforeAll, expect, it } from 'vitest';
import { openRetriever } from '../../bench/eval/open-retriever.ts';
import {
  measureRetrieval,
  methods,
  type QueryKind,
  type RetrievalReport,
} from '../../bench/eval/retrieval.ts';

const root = join(import.meta.dirname, '../..');
let report: RetrievalReport;

beforeAll(async () => {
  const base = await createTestDatabase();
  const { retriever, close } = await openRetriever(base.database, root);
  ({ report } = await measureRetrieval(
    retriever,
    root,
    methods.filter(({ plain }) => !plain),
  ));
  await close();
  await base.drop();
});

const least: Record<QueryKind, number> = { clinical: 0.95, natural: 0.9, lay: 0.8 };

it.each(Object.entries(least) as [QueryKind, number][])(
  'a right document is among the first three for %s queries, in a part of at least %d',
  (kind, part) => {
    expect(report.hybrid?.[kind].recallAt3).toBeGreaterThanOrEqual(part);
  },
);

it.each(Object.keys(least) as QueryKind[])(
  'both methods together find no less than either alone for %s queries, and find it earlier',
  (kind) => {
    for (const alone of ['full text', 'embeddings']) {
      const { mrr = 1, recallAt3 = 1 } = report[alone]?.[kind] ?? {};
      expect(report.hybrid?.[kind].recallAt3).toBeGreaterThanOrEqual(recallAt3);
      expect(report.hybrid?.[kind].mrr).toBeGreaterThan(mrr);
    }
  },
);
