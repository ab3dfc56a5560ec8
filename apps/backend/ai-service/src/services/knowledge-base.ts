import { join } from 'node:path';
import type { Database, Logger } from '@medcall/service-kit';
import type { Embedder } from './embeddings.ts';
import type { ChunkIndex } from './guidelines/chunk-index.ts';
import type { Guideline } from './guidelines/corpus.ts';
import { embeddingFileName, readEmbeddingFile } from './guidelines/embedding-store.ts';
import { indexGuidelines } from './guidelines/index-guidelines.ts';

export interface KnowledgeOptions {
  database: Database;
  embedder: Embedder;
  index: ChunkIndex;
  corpus: readonly Guideline[];
  guidelinesDir: string;
  logger: Logger;
}

/** Loads the model, brings the corpus into the database when it changed, and reads the index. */
export async function startKnowledge(options: KnowledgeOptions): Promise<void> {
  const { corpus, database, embedder, guidelinesDir, index, logger } = options;
  const [stored] = await Promise.all([
    readEmbeddingFile(join(guidelinesDir, embeddingFileName), embedder.model),
    embedder.start(),
  ]);
  const written = await indexGuidelines({ database, embedder, corpus, stored });
  await index.refresh(embedder.model);
  logger.info({ documents: corpus.length, written, passages: index.size }, 'guidelines are ready');
}
