import { createHash } from 'node:crypto';
import type { Database, Trx } from '@medcall/service-kit';
import { sql } from 'kysely';
import type { Embedder } from '../embeddings.ts';
import { type Guideline, indexedTexts } from './corpus.ts';
import { textKey } from './embedding-store.ts';

export interface IndexOptions {
  database: Database;
  embedder: Embedder;
  corpus: readonly Guideline[];
  /** Vectors computed beforehand, by `textKey`. */
  stored: ReadonlyMap<string, Float32Array>;
}

/** Any constant; the same for all instances of the service. */
const lockKey = 730_214_011;
const batchSize = 8;

/**
 * Brings the common corpus into the database: new and changed documents are written, those whose file
 * is gone are deactivated. Idempotent; instances that start together take turns.
 * @returns how many documents were written
 */
export async function indexGuidelines(options: IndexOptions): Promise<number> {
  const { database, embedder, corpus } = options;
  const known = await database.asSystem('compare the guideline corpus', hashes);
  const changed = corpus.filter(
    (guideline) => known.get(guideline.head.id) !== versionOf(guideline, embedder.model),
  );
  const gone = [...known.keys()].filter((slug) => !corpus.some(({ head }) => head.id === slug));
  if (changed.length === 0 && gone.length === 0) return 0;
  // Vectors first: nothing slow happens inside the transaction.
  const prepared: { guideline: Guideline; vectors: Float32Array[] }[] = [];
  for (const guideline of changed) {
    prepared.push({ guideline, vectors: await vectorsOf(guideline, options) });
  }
  await database.asSystem('write the guideline corpus', async (trx) => {
    await sql`select pg_advisory_xact_lock(${lockKey}::bigint)`.execute(trx);
    const current = await hashes(trx);
    await write(
      trx,
      prepared
        .filter(
          ({ guideline }) =>
            current.get(guideline.head.id) !== versionOf(guideline, embedder.model),
        )
        .map(({ guideline, vectors }) => ({
          guideline,
          embedded: { vectors, model: embedder.model },
        })),
    );
    if (gone.length > 0) {
      await trx
        .updateTable('guideline_documents')
        .set({ active: false, content_hash: null })
        .where('clinica_id', 'is', null)
        .where('slug', 'in', gone)
        .execute();
    }
  });
  return changed.length;
}

/** Writes documents that are not there yet, so that full text finds them; their vectors follow. */
export async function indexWithoutVectors(
  database: Database,
  corpus: readonly Guideline[],
): Promise<void> {
  await database.asSystem('write the guideline corpus', async (trx) => {
    await sql`select pg_advisory_xact_lock(${lockKey}::bigint)`.execute(trx);
    const known = await hashes(trx);
    const absent = corpus.filter(({ head }) => !known.has(head.id));
    await write(
      trx,
      absent.map((guideline) => ({ guideline, embedded: null })),
    );
  });
}

/** Content and model together: another model needs other vectors. */
function versionOf(guideline: Guideline, model: string): string {
  return createHash('sha256').update(`${model}\n${guideline.hash}`).digest('hex');
}

async function hashes(trx: Trx): Promise<Map<string, string | null>> {
  const rows = await trx
    .selectFrom('guideline_documents')
    .where('clinica_id', 'is', null)
    .where('active', '=', true)
    .select(['slug', 'content_hash'])
    .execute();
  return new Map(rows.map((row) => [row.slug, row.content_hash]));
}

async function vectorsOf(
  guideline: Guideline,
  { embedder, stored }: IndexOptions,
): Promise<Float32Array[]> {
  const texts = indexedTexts(guideline).map(({ embedded }) => embedded);
  const vectors = new Map<string, Float32Array>();
  const missing = texts.filter((text) => {
    const vector = stored.get(textKey(text));
    if (vector) vectors.set(text, vector);
    return vector === undefined;
  });
  for (let from = 0; from < missing.length; from += batchSize) {
    const batch = missing.slice(from, from + batchSize);
    const computed = await embedder.embed('passage', batch);
    batch.forEach((text, at) => {
      const vector = computed[at];
      if (vector) vectors.set(text, vector);
    });
  }
  return texts.map((text) => {
    const vector = vectors.get(text);
    if (!vector) throw new Error(`${guideline.head.id}: the embedder left a passage out`);
    return vector;
  });
}

interface Written {
  guideline: Guideline;
  embedded: { vectors: readonly Float32Array[]; model: string } | null;
}

/** All of them in three statements: another instance waits for the lock meanwhile. */
async function write(trx: Trx, written: readonly Written[]): Promise<void> {
  if (written.length === 0) return;
  const stored = await trx
    .insertInto('guideline_documents')
    .values(written.map(documentRow))
    .onConflict((conflict) =>
      conflict.columns(['clinica_id', 'slug']).doUpdateSet((eb) => ({
        title: eb.ref('excluded.title'),
        source: eb.ref('excluded.source'),
        year: eb.ref('excluded.year'),
        url: eb.ref('excluded.url'),
        content_hash: eb.ref('excluded.content_hash'),
        active: eb.ref('excluded.active'),
      })),
    )
    .returning(['id', 'slug'])
    .execute();
  const ids = new Map(stored.map(({ id, slug }) => [slug, id]));
  await trx
    .deleteFrom('guideline_chunks')
    .where('document_id', 'in', [...ids.values()])
    .execute();
  await trx
    .insertInto('guideline_chunks')
    .values(written.flatMap((one) => chunkRows(one, ids.get(one.guideline.head.id) ?? '')))
    .execute();
}

function documentRow({ embedded, guideline }: Written) {
  const { head } = guideline;
  return {
    slug: head.id,
    clinica_id: null,
    title: head.title,
    source: `${head.source} (${head.organisation})`,
    year: head.year,
    url: head.url,
    // Without vectors it is no version yet: the next attempt writes it again.
    content_hash: embedded && versionOf(guideline, embedded.model),
    active: true,
  };
}

function chunkRows({ embedded, guideline }: Written, documentId: string) {
  return indexedTexts(guideline).map(({ heading, kind, text }, position) => {
    const vector = embedded?.vectors[position];
    if (embedded && !vector) throw new Error(`${guideline.head.id}: a passage has no vector`);
    return {
      document_id: documentId,
      position,
      kind,
      section: heading,
      text,
      embedding: vector ? [...vector] : null,
      embedding_model: embedded?.model ?? null,
      embedding_dimension: vector?.length ?? null,
    };
  });
}
