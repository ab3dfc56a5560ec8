import type { Database, Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { Embedder, Payer } from './embeddings.ts';
import type { Chunk, ChunkIndex } from './guidelines/chunk-index.ts';
import { clinicalWords } from './knowledge/query-expansion.ts';
import type { Expander } from './knowledge/synonyms.ts';
import { fusedScores } from './rank-fusion.ts';
import { words } from './text/fold.ts';

export type RetrievalMode = 'hybrid' | 'text' | 'embedding';

export interface RetrievalQuery {
  text: string;
  clinicaId: string | null;
  /** Pays for a query that a vendor embeds. */
  consultationId?: string;
  limit?: number;
  mode?: RetrievalMode;
  /** Only the words as they are, without synonyms and complaints: for comparing. */
  plain?: boolean;
}

/** Finds passages of guidelines for what somebody said or asks. */
export interface Retriever {
  search(query: RetrievalQuery): Promise<Chunk[]>;
}

export interface RetrieverOptions {
  database: Database;
  index: ChunkIndex;
  embedder: Embedder;
  expand: Expander;
}

/** Passages that each method ranks. */
const depth = 60;
/** Documents of each method that are fused. */
const documentDepth = 30;
const defaultLimit = 8;
const longestQueryWords = 80;
const longestQueryText = 600;
/** How much the words as they were said count beside the same with their clinical words in front. */
const plainShare = 0.3;

/** Passages in order with their documents in order, which is not the same. */
interface Ranking {
  passages: string[];
  documents: string[];
}

/**
 * Hybrid search: PostgreSQL full text in Portuguese, widened by lay → clinical synonyms, and exact
 * nearest neighbours of the embedding, fused by rank. Documents are fused before passages: two methods
 * that find different passages of one document agree on it. The cosines of E5 live in a narrow band,
 * so ranks count and thresholds do not.
 */
export function createRetriever(options: RetrieverOptions): Retriever {
  const { database, index, embedder, expand } = options;

  async function byText(
    text: string,
    clinicaId: string | null,
    clinical: ReadonlyMap<string, number>,
  ): Promise<Ranking> {
    const said = words(text).slice(-longestQueryWords);
    const terms = new Map(said.map((word) => [word, 1]));
    for (const [word, weight] of clinical) terms.set(word, Math.max(terms.get(word) ?? 0, weight));
    const found = await database.asSystem(
      'search guidelines',
      (trx) =>
        rankByText(
          trx,
          [...terms].filter(([word]) => word.length > 1),
          clinicaId,
        ),
      { readOnly: true },
    );
    return {
      passages: found.filter(({ kind }) => kind === 'passage').map(({ id }) => id),
      documents: inOrder(found.map(({ slug, coverage, best }) => [slug, coverage + best])),
    };
  }

  async function byMeaning(
    text: string,
    clinicaId: string | null,
    clinical: ReadonlyMap<string, number>,
    payer: Payer | undefined,
  ): Promise<Ranking> {
    const said = words(text).length > longestQueryWords ? text.slice(-longestQueryText) : text;
    const widened = clinical.size === 0 ? [] : [`${[...clinical.keys()].join(' ')}. ${said}`];
    const [plain, wide = plain] = await embedder.embed('query', [said, ...widened], payer);
    if (!plain || !wide) return { passages: [], documents: [] };
    const query = wide.map((value, at) => (1 - plainShare) * value + plainShare * (plain[at] ?? 0));
    const near = index.nearest(query, clinicaId);
    const cosines = Map.groupBy(near, ({ chunk }) => chunk.documentId);
    return {
      passages: bestPassages(near.map(({ chunk }) => chunk)),
      // A second passage close by says that the document is about it, not one sentence; a document of
      // one passage has no second to be without.
      documents: inOrder(
        [...cosines].map(([slug, [best, second]]) => [
          slug,
          (best?.score ?? 0) + ((second ?? best)?.score ?? 0) / 2,
        ]),
      ),
    };
  }

  return {
    async search(query) {
      const { text, clinicaId, limit = defaultLimit, mode = 'hybrid', plain = false } = query;
      if (text.trim() === '') return [];
      const clinical = plain ? new Map<string, number>() : clinicalWords(text, expand);
      const none: Ranking = { passages: [], documents: [] };
      const rankings = await Promise.all([
        mode === 'embedding' ? none : byText(text, clinicaId, clinical),
        mode === 'text' ? none : byMeaning(text, clinicaId, clinical, payerOf(query)),
      ]);
      return fusePassages(rankings, index).slice(0, limit);
    },
  };
}

function payerOf({ consultationId }: RetrievalQuery): Payer | undefined {
  return consultationId === undefined ? undefined : { consultationId };
}

/** The nearest passages, and of every document at least its nearest: it may be found by other words. */
function bestPassages(near: readonly Chunk[]): string[] {
  const passages = near.filter(({ isPassage }) => isPassage);
  const seen = new Set<string>();
  return passages
    .filter(({ documentId }, at) => {
      const isFirst = !seen.has(documentId);
      seen.add(documentId);
      return at < depth || isFirst;
    })
    .map(({ id }) => id);
}

/**
 * Passages in the order of their documents; the further ones of a document stand behind the first ones
 * of the next, so that a short list holds several documents.
 */
function fusePassages(rankings: readonly Ranking[], index: ChunkIndex): Chunk[] {
  const documents = fusedScores(rankings.map((ranking) => ranking.documents));
  const passages = fusedScores(rankings.map((ranking) => ranking.passages));
  const found = [...passages.keys()].flatMap((id) => index.byId(id) ?? []);
  const byDocument = Map.groupBy(found, ({ documentId }) => documentId);
  return [...documents]
    .flatMap(([slug, score]) => {
      // Found by how people ask alone: its warning signs stand for it.
      const own = byDocument.get(slug) ?? [index.firstOf(slug)];
      return own.flatMap((chunk, at) =>
        chunk ? [{ chunk, score: score * furtherShare ** at }] : [],
      );
    })
    .sort((one, other) => other.score - one.score)
    .map(({ chunk }) => chunk);
}

const furtherShare = 0.75;

/** Names by their best score, best first, each once. */
function inOrder(scored: readonly (readonly [string, number])[]): string[] {
  const best = new Map<string, number>();
  for (const [name, score] of scored) best.set(name, Math.max(best.get(name) ?? 0, score));
  return [...best]
    .sort((a, b) => b[1] - a[1])
    .slice(0, documentDepth)
    .map(([name]) => name);
}

interface TextHit {
  id: string;
  slug: string;
  kind: string;
  /** Score of the passage that says most of what was asked. */
  best: number;
  /** What all passages of the document together say of it, each word once. */
  coverage: number;
}

/**
 * Rare words weigh more than common ones (inverse document frequency), which PostgreSQL's own ranking
 * does not know: without it "quando" counts as much as "ladeira". A passage also answers to the
 * title of its document. Ties fall the same way in every installation.
 */
async function rankByText(
  trx: Trx,
  terms: readonly (readonly [string, number])[],
  clinicaId: string | null,
): Promise<TextHit[]> {
  if (terms.length === 0) return [];
  const { rows } = await sql<TextHit>`
    with visible as materialized (
      select c.id, d.id as document, d.slug, c.kind, c.position,
        c.search || setweight(to_tsvector('app.portuguese_unaccent', d.title), 'B') as search
      from guideline_chunks c
      join guideline_documents d on d.id = c.document_id and d.active
      where d.clinica_id is null or d.clinica_id = ${clinicaId}::uuid
    ), wanted as (
      select to_tsquery('app.portuguese_unaccent', term) as query, max(weight) as weight
      from unnest(${terms.map(([term]) => term)}::text[], ${terms.map(([, weight]) => weight)}::float8[])
        as said(term, weight)
      group by 1
    ), hits as (
      select v.id, v.document, v.slug, v.kind, v.position, w.query,
        w.weight * ts_rank(v.search, w.query) as rank
      from wanted w
      join visible v on v.search @@ w.query
      where numnode(w.query) > 0
    ), rarity as (
      select query, ln(1 + (select count(distinct document) from visible)::float8
        / count(distinct document)) as factor
      from hits group by query
    ), passages as (
      select h.id, h.document, h.slug, h.kind, h.position, sum(h.rank * r.factor) as score
      from hits h join rarity r using (query)
      group by h.id, h.document, h.slug, h.kind, h.position
    ), documents as (
      select document, sum(best) as coverage
      from (
        select h.document, max(h.rank * r.factor) as best
        from hits h join rarity r using (query)
        group by h.document, h.query
      ) as terms
      group by document
    )
    select p.id, p.slug, p.kind, p.score as best, d.coverage
    from passages p join documents d using (document)
    order by p.score desc, p.slug, p.position
    limit ${depth}`.execute(trx);
  return rows;
}
