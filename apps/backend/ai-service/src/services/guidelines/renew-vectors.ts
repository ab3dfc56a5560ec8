import { type Database, publish, type Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { Embedder } from '../embeddings.ts';
import { passageText } from './corpus.ts';

const batchSize = 32;
/** An instance that dies holding a claim delays its passages by this long. */
const claimMinutes = 5;

/** A clinic's passage that this instance has claimed. */
interface StalePassage {
  id: string;
  clinicaId: string;
  title: string;
  section: string;
  text: string;
}

/**
 * Embeds anew what another model has embedded, or none: documents of clinics, which no file of the
 * corpus stands behind. Instances share the work; a clinic whose cap is reached waits for the next time.
 * @returns how many passages
 * @throws ModelFailure when a vendor cannot be asked
 */
export async function renewVectors(database: Database, embedder: Embedder): Promise<number> {
  let renewed = 0;
  const refused: string[] = [];
  for (;;) {
    const stale = await claim(database, embedder.model, refused);
    const [first] = stale;
    if (!first) return renewed;
    const done = await embedAll(database, embedder, stale);
    renewed += done;
    if (done === 0) refused.push(first.clinicaId);
  }
}

/** Passages of one clinic, so that one payer stands behind a call. */
function claim(
  database: Database,
  model: string,
  refused: readonly string[],
): Promise<StalePassage[]> {
  return database.asSystem('claim passages without vectors', async (trx) => {
    const { rows } = await sql<StalePassage>`
      with next as (
        select c.id, d.clinica_id, d.title
        from guideline_chunks c
        join guideline_documents d on d.id = c.document_id and d.active
        where d.clinica_id = (
            select d.clinica_id from guideline_chunks c
            join guideline_documents d on d.id = c.document_id and d.active
            where d.clinica_id is not null and not d.clinica_id = any(${refused}::uuid[])
              and c.embedding_model is distinct from ${model}
              and (c.embedding_claimed_until is null or c.embedding_claimed_until < now())
            order by c.id limit 1)
          and c.embedding_model is distinct from ${model}
          and (c.embedding_claimed_until is null or c.embedding_claimed_until < now())
        order by c.id limit ${batchSize}
        for update of c skip locked
      )
      update guideline_chunks c
      set embedding_claimed_until = now() + make_interval(mins => ${claimMinutes})
      from next where next.id = c.id
      returning c.id, next.clinica_id as "clinicaId", next.title, c.section, c.text`.execute(trx);
    return rows;
  });
}

/** @returns how many got a vector: all or none */
async function embedAll(
  database: Database,
  embedder: Embedder,
  stale: readonly StalePassage[],
): Promise<number> {
  const ids = stale.map(({ id }) => id);
  const texts = stale.map(({ section, text, title }) =>
    passageText(title, { heading: section, text }),
  );
  const clinicaId = stale[0]?.clinicaId ?? '';
  const vectors = await embedder.embed('passage', texts, { clinicaId }).catch(async (error) => {
    await database.asSystem('give passages back', (trx) => giveBack(trx, ids));
    throw error;
  });
  await database.asSystem('store vectors of passages', async (trx) => {
    await giveBack(trx, ids);
    if (vectors.length !== ids.length) return;
    for (const [at, id] of ids.entries()) {
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
    await publish(trx, { type: 'guidelines_changed' });
  });
  return vectors.length === ids.length ? vectors.length : 0;
}

async function giveBack(trx: Trx, ids: readonly string[]): Promise<void> {
  await trx
    .updateTable('guideline_chunks')
    .set({ embedding_claimed_until: null })
    .where('id', 'in', ids)
    .execute();
}
