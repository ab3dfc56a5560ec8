import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetrievalMode, Retriever } from '../../apps/backend/ai-service/src/services/rag.ts';
import { evalQueries, queryKinds } from '../../tests/eval/eval-format.ts';

export type QueryKind = (typeof queryKinds)[number];

/** A way to search: the product's, or one half of it alone. */
export interface RetrievalMethod {
  name: string;
  mode: RetrievalMode;
  /** Without synonyms and complaints: the plain method. */
  plain?: boolean;
}

export const methods: readonly RetrievalMethod[] = [
  { name: 'hybrid', mode: 'hybrid' },
  { name: 'full text', mode: 'text' },
  { name: 'embeddings', mode: 'embedding' },
  { name: 'full text, plain', mode: 'text', plain: true },
  { name: 'embeddings, plain', mode: 'embedding', plain: true },
];

export interface RetrievalFigures {
  queries: number;
  /** Part of the queries with a right document among the first three. */
  recallAt3: number;
  /** Mean of 1/rank of the first right document among the first ten, 0 when it is not there. */
  mrr: number;
}

export type RetrievalReport = Record<string, Record<QueryKind, RetrievalFigures>>;

const passages = 60;
const documentsRead = 10;
const foundWithin = 3;

/** Sets of queries: what judges the search, and what its settings are chosen on. */
export const querySets = {
  evaluation: 'tests/eval/retrieval/queries.json',
  development: 'tests/eval/retrieval-development/queries.json',
} as const;

/** Asks every query of a set by every method. Documents rank by their best passage. */
export async function measureRetrieval(
  retriever: Retriever,
  root: string,
  by: readonly RetrievalMethod[] = methods,
  set: keyof typeof querySets = 'evaluation',
): Promise<{ report: RetrievalReport; missed: string[] }> {
  const queries = evalQueries.parse(JSON.parse(await readFile(join(root, querySets[set]), 'utf8')));
  const report: RetrievalReport = {};
  const missed: string[] = [];
  for (const { name, mode, plain } of by) {
    const ranks = new Map<QueryKind, number[]>(queryKinds.map((kind) => [kind, []]));
    for (const { id, kind, query, relevant } of queries) {
      const found = await retriever.search({
        text: query,
        clinicaId: null,
        limit: passages,
        mode,
        ...(plain === undefined ? {} : { plain }),
      });
      const documents = [...new Set(found.map((chunk) => chunk.documentId))];
      const at = documents.slice(0, documentsRead).findIndex((slug) => relevant.includes(slug));
      ranks.get(kind)?.push(at === -1 ? Number.POSITIVE_INFINITY : at + 1);
      if (name === 'hybrid' && (at === -1 || at >= foundWithin)) missed.push(id);
    }
    report[name] = Object.fromEntries(
      queryKinds.map((kind) => [kind, figures(ranks.get(kind) ?? [])]),
    ) as Record<QueryKind, RetrievalFigures>;
  }
  return { report, missed };
}

function figures(ranks: readonly number[]): RetrievalFigures {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    queries: ranks.length,
    recallAt3: mean(ranks.map((rank) => (rank <= foundWithin ? 1 : 0))),
    mrr: mean(ranks.map((rank) => 1 / rank)),
  };
}

/** The report as a table for a terminal. */
export function retrievalTable(report: RetrievalReport): string {
  const head = ['method'.padEnd(20), ...queryKinds.map((kind) => kind.padEnd(22))].join('');
  const rows = Object.entries(report).map(([name, byKind]) =>
    [
      name.padEnd(20),
      ...queryKinds.map((kind) => {
        const { queries, recallAt3, mrr } = byKind[kind];
        return `${recallAt3.toFixed(3)} / ${mrr.toFixed(3)} (${queries})`.padEnd(22);
      }),
    ].join(''),
  );
  return [`${head}\n`, ...rows.map((row) => `${row}\n`), 'recall@3 / MRR (queries)\n'].join('');
}
