import type { Database, Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { Embedder } from './embeddings.ts';
import type { Chunk, ChunkIndex } from './guidelines/chunk-index.ts';
import { clinicalWords } from './knowledge/query-expansion.ts';
import type { Expander } from './knowledge/synonyms.ts';
import { fuseRanks } from './rank-fusion.ts';
import { words } from './text/fold.ts';

export type RetrievalMode = 'hybrid' | 'text' | 'embedding';

export interface RetrievalQuery {
  text: string;
  clinicaId: string | null;
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

const depth = 30;
const defaultLimit = 8;
const longestQueryWords = 80;
const longestQueryText = 600;

/**
 * Hybrid search: PostgreSQL full text in Portuguese, widened by lay → clinical synonyms, and exact
 * nearest neighbours of the embedding, fused by rank. The cosines of E5 live in a narrow band, so
 * ranks count and thresholds do not.
 */
export function createRetriever({
  database,
  index,
  embedder,
  expand,
}: RetrieverOptions): Retriever {
  async function byText(text: string, clinicaId: string | null, clinical: readonly string[]) {
    const said = words(text).slice(-longestQueryWords);
    const terms = [
      ...new Set([...said, ...clinical].filter((word) => word.length > 2)),
    ];
    if (terms.length === 0) return [];
    const rows = await database.asSystem(
      'search guidelines',
      (trx) => rankByText(trx, terms, clinicaId),
      { readOnly: true },
    );
    return rows.map((row) => row.id);
  }

  async function byMeaning(text: string, clinicaId: string | null, clinical: readonly string[]) {
    const said = words(text).length > longestQueryWords ? text.slice(-longestQueryText) : text;
    const [vector] = await embedder.embed('query', [
      clinical.length === 0 ? said : `${clinical.join(' ')}. ${said}`,
    ]);
    return vector ? index.nearest(vector, clinicaId, depth).map((chunk) => chunk.id) : [];
  }

  return {
    async search({ text, clinicaId, limit = defaultLimit, mode = 'hybrid', plain = false }) {
      if (text.trim() === '') return [];
      const clinical = plain ? [] : clinicalWords(text, expand);
      const lists = await Promise.all([
        mode === 'embedding' ? [] : byText(text, clinicaId, clinical),
        mode === 'text' ? [] : byMeaning(text, clinicaId, clinical),
      ]);
      return fuseRanks(lists)
        .flatMap((id) => index.byId(id) ?? [])
        .slice(0, limit);
    },
  };
}

/**
 * Rare words weigh more than common ones (inverse document frequency), which PostgreSQL's own ranking
 * does not know: without it "quando" counts as much as "ladeira". A passage also answers to the
 * title of its document. Ties fall the same way in every installation.
 */
async function rankByText(
  trx: Trx,
  terms: readonly string[],
  clinicaId: string | null,
): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    with visible as materialized (
      select c.id, d.slug, c.position,
        c.search || setweight(to_tsvector('app.portuguese_unaccent', d.title), 'B') as search
      from guideline_chunks c
      join guideline_documents d on d.id = c.document_id and d.active
      where d.clinica_id is null or d.clinica_id = ${clinicaId}::uuid
    ), wanted as (
      select distinct to_tsquery('app.portuguese_unaccent', term) as query
      from unnest(${terms}::text[]) as term
    ), found as (
      select v.id, v.slug, v.position, ts_rank(v.search, w.query) as rank,
        ln(1 + (select count(*) from visible)::float8 / count(*) over (partition by w.query)) as rarity
      from wanted w
      join visible v on v.search @@ w.query
      where numnode(w.query) > 0
    )
    select id from found
    group by id, slug, position
    order by sum(rank * rarity) desc, slug, position
    limit ${depth}`.execute(trx);
  return rows;
}
