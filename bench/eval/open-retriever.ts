import { join } from 'node:path';
import type { Database } from '@medcall/service-kit';
import { createE5Embedder } from '../../apps/backend/ai-service/src/services/e5-embedder.ts';
import { ChunkIndex } from '../../apps/backend/ai-service/src/services/guidelines/chunk-index.ts';
import { readCorpus } from '../../apps/backend/ai-service/src/services/guidelines/corpus.ts';
import {
  embeddingFileName,
  readEmbeddingFile,
} from '../../apps/backend/ai-service/src/services/guidelines/embedding-store.ts';
import { indexGuidelines } from '../../apps/backend/ai-service/src/services/guidelines/index-guidelines.ts';
import { loadLexicon } from '../../apps/backend/ai-service/src/services/lexicon.ts';
import { createRetriever, type Retriever } from '../../apps/backend/ai-service/src/services/rag.ts';

/** The search as the service puts it together: corpus in the database, real weights. */
export async function openRetriever(
  database: Database,
  root: string,
): Promise<{ retriever: Retriever; close(): Promise<void> }> {
  const folder = join(root, 'database/seeds/guidelines');
  const embedder = createE5Embedder(join(root, 'models'));
  const corpus = await readCorpus(folder);
  const stored = await readEmbeddingFile(join(folder, embeddingFileName), embedder.model);
  const index = new ChunkIndex(database);
  await indexGuidelines({ database, embedder, corpus, stored });
  await index.refresh(embedder.model);
  const { expandSynonyms } = loadLexicon();
  const retriever = createRetriever({ database, index, embedder, expand: expandSynonyms });
  return { retriever, close: () => embedder.stop() };
}
