import type { Database } from '@medcall/service-kit';
import type { Embedder } from '../embeddings.ts';
import { passageText } from './corpus.ts';

const batchSize = 32;

/**
 * Embeds anew what another model has embedded, or none: documents of clinics, which no file of the
 * corpus stands behind.
 * @returns how many passages
 */
export async function renewVectors(database: Database, embedder: Embedder): Promise<number> {
  let renewed = 0;
  for (;;) {
    const stale = await database.asSystem('find passages without vectors', (trx) =>
      trx
        .selectFrom('guideline_chunks as c')
        .innerJoin('guideline_documents as d', 'd.id', 'c.document_id')
        .where('d.active', '=', true)
        .where('d.clinica_id', 'is not', null)
        .where('c.embedding_model', 'is distinct from', embedder.model)
        .orderBy('c.id')
        .limit(batchSize)
        .select(['c.id', 'd.title', 'c.section', 'c.text'])
        .execute(),
    );
    if (stale.length === 0) return renewed;
    const vectors = await embedder.embed(
      'passage',
      stale.map(({ section, text, title }) => passageText(title, { heading: section, text })),
    );
    if (vectors.length !== stale.length) return renewed;
    await database.asSystem('store vectors of passages', async (trx) => {
      for (const [at, { id }] of stale.entries()) {
        const vector = vectors[at];
        if (!vector) continue;
        await trx
          .updateTable('guideline_chunks')
          .set({
            embedding: [...vector],
            embedding_model: embedder.model,
            embedding_dimension: vector.length,
          })
          .where('id', '=', id)
          .execute();
      }
    });
    renewed += stale.length;
  }
}
