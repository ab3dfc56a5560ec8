import type { Database } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { Embedder } from './embeddings.ts';
import type { Chunk, ChunkIndex } from './guidelines/chunk-index.ts';
import type { Expander } from './knowledge/synonyms.ts';
import { fuseRanks } from './rank-fusion.ts';
import { words } from './text/fold.ts';

export type RetrievalMode = 'hybrid' | 'text' | 'embedding';

export interface RetrievalQuery {
  text: string;
  clinicaId: string | null;
  limit?: number;
  mode?: RetrievalMode;
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
  async function byText(text: string, clinicaId: string | null): Promise<string[]> {
    const said = words(text).slice(-longestQueryWords);
    const terms = [...new Set([...said.filter((word) => word.length > 2), ...expand(said)])];
    if (terms.length === 0) return [];
    const rows = await database.asSystem(
      'search guidelines',
      (trx) =>
        sql<{ id: string }>`
          select c.id
          from guideline_chunks c
          join guideline_documents d on d.id = c.document_id and d.active
            and (d.clinica_id is null or d.clinica_id = ${clinicaId}::uuid)
          cross join to_tsquery('app.portuguese_unaccent', ${terms.join(' | ')}) query
          where c.search @@ query
          order by ts_rank(c.search, query) desc, c.id
          limit ${depth}`.execute(trx),
      { readOnly: true },
    );
    return rows.rows.map((row) => row.id);
  }

  async function byMeaning(text: string, clinicaId: string | null): Promise<string[]> {
    const [vector] = await embedder.embed('query', [
      words(text).length > longestQueryWords ? text.slice(-600) : text,
    ]);
    return vector ? index.nearest(vector, clinicaId, depth).map((chunk) => chunk.id) : [];
  }

  return {
    async search({ text, clinicaId, limit = defaultLimit, mode = 'hybrid' }) {
      if (text.trim() === '') return [];
      const lists = await Promise.all([
        mode === 'embedding' ? [] : byText(text, clinicaId),
        mode === 'text' ? [] : byMeaning(text, clinicaId),
      ]);
      return fuseRanks(lists)
        .flatMap((id) => index.byId(id) ?? [])
        .slice(0, limit);
    },
  };
}
