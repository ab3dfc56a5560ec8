import { join } from 'node:path';
import { type Database, type Logger, type Repetition, repeatEvery } from '@medcall/service-kit';
import type { Embedder } from './embeddings.ts';
import type { ChunkIndex } from './guidelines/chunk-index.ts';
import type { Guideline } from './guidelines/corpus.ts';
import { embeddingFileName, readEmbeddingFile } from './guidelines/embedding-store.ts';
import { indexGuidelines, indexWithoutVectors } from './guidelines/index-guidelines.ts';
import { renewVectors } from './guidelines/renew-vectors.ts';
import { ModelFailure } from './llm/model-failure.ts';

export interface KnowledgeOptions {
  database: Database;
  embedder: Embedder;
  index: ChunkIndex;
  corpus: readonly Guideline[];
  guidelinesDir: string;
  logger: Logger;
  /** Between attempts to have a vendor's embeddings. */
  tryAgainMs?: number;
  /** Between looks for passages of clinics that another model has embedded, or none. */
  renewMs?: number;
}

export interface Knowledge {
  /** Settles when the guidelines can be searched, by full text at least. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

const tryAgainMs = 60_000;
/** A month's cap, a vendor that was away: nothing of it changes by the minute. */
const renewMs = 600_000;

/**
 * Loads the model, brings the corpus into the database when it or the model changed, and reads the
 * index. While a vendor's embeddings cannot be had, the guidelines are searched by full text, and the
 * vectors follow when it answers.
 */
export function startKnowledge(options: KnowledgeOptions): Knowledge {
  const { logger } = options;
  let later: Repetition | undefined;
  const tryAgain = async () => {
    await prepare(options);
    void later?.stop();
  };
  const renewing = repeatEvery(
    options.renewMs ?? renewMs,
    // The event of each batch brings the index up to date, in every instance.
    () => ready.then(() => renewVectors(options.database, options.embedder)),
    (error) => logger.warn({ err: error }, 'passages of clinics still wait for their vectors'),
  );
  const ready = prepare(options).catch(async (error: unknown) => {
    if (!(error instanceof ModelFailure)) throw error;
    logger.error({ err: error }, 'no embeddings: guidelines are searched by full text for now');
    await indexWithoutVectors(options.database, options.corpus);
    await options.index.refresh(options.embedder.model);
    later = repeatEvery(options.tryAgainMs ?? tryAgainMs, tryAgain, (again) =>
      logger.warn({ err: again }, 'still no embeddings'),
    );
  });
  return {
    ready,
    async stop() {
      await ready.catch(() => undefined);
      await later?.stop();
      await renewing.stop();
    },
  };
}

async function prepare(options: KnowledgeOptions): Promise<void> {
  const { corpus, database, embedder, guidelinesDir, index, logger } = options;
  await embedder.start();
  const stored = await readEmbeddingFile(join(guidelinesDir, embeddingFileName), embedder.model);
  const written = await indexGuidelines({ database, embedder, corpus, stored });
  const renewed = await renewVectors(database, embedder);
  await index.refresh(embedder.model);
  logger.info(
    { documents: corpus.length, written, renewed, passages: index.size },
    'guidelines are ready',
  );
}
