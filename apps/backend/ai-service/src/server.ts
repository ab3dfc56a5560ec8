import { createServer } from 'node:http';
import {
  authenticate,
  buildInfo,
  closeServer,
  createApp,
  errorHandler,
  healthRoutes,
  limitByAddress,
  listen,
  permit,
  type RunningService,
  serveMetrics,
  subscribe,
  unknownRoute,
  warnOfStalePrices,
} from '@medcall/service-kit';
import express, { type Express } from 'express';
import { type Container, serviceName } from './container.ts';
import { pricingRoutes } from './routes/ai-pricing.ts';
import { guidelineRoutes } from './routes/guidelines.ts';
import { noteRoutes } from './routes/notes.ts';
import { suggestionRoutes } from './routes/suggestions.ts';
import { AiPricing } from './services/ai-pricing.ts';
import { GuidelineSearch } from './services/guideline-search.ts';
import { ChunkIndex } from './services/guidelines/chunk-index.ts';
import { ClinicGuidelines } from './services/guidelines/clinic-guidelines.ts';
import { readCorpus } from './services/guidelines/corpus.ts';
import { GuidelineLibrary } from './services/guidelines/library.ts';
import { startKnowledge } from './services/knowledge-base.ts';
import { createModelNoteWriter } from './services/note/model-note.ts';
import { NoteDrafts } from './services/note/note-drafts.ts';
import { extractiveWriter, type NoteWriter } from './services/note/note-writer.ts';
import { createEmbeddedQuestions, embeddedUse } from './services/questions/embedded-questions.ts';
import { createModelQuestions } from './services/questions/model-questions.ts';
import type { QuestionEngine } from './services/questions/question-engine.ts';
import { createVocabulary } from './services/questions/vocabulary.ts';
import { createRetriever } from './services/rag.ts';
import { noSearchLedger, searchLedger } from './services/search-ledger.ts';
import { SuggestionService } from './services/suggestions.ts';

export interface AiServiceHandle extends RunningService {
  port: number;
  /** Settles when the guidelines can be searched. */
  ready: Promise<void>;
}

const version = process.env.npm_package_version ?? '0.1.0';

/** Starts the service: it answers at once, and is ready when its guidelines are. */
export async function startAiService(container: Container): Promise<AiServiceHandle> {
  const { clock, database, embedder, env, logger } = container;
  const corpus = await readCorpus(container.guidelinesDir);
  const library = new GuidelineLibrary(corpus);
  const index = new ChunkIndex(database);
  const retriever = createRetriever({
    database,
    index,
    embedder,
    expand: container.expandSynonyms,
  });
  warnOfStalePrices(logger, container.pricesInUse, clock.now());
  const pricing = new AiPricing(database, clock, container.pricesInUse);
  // A vendor's embeddings book themselves, at their price.
  const ledger =
    env.EMBEDDING_PROVIDER === 'embedded'
      ? searchLedger({ pricing, model: embedder.model, logger })
      : noSearchLedger;
  const suggestions = new SuggestionService({
    database,
    retriever,
    library,
    questions: chooseQuestions(container, library),
    nothingAsked: { ...embeddedUse(version), fallbackReason: null, dropped: {} },
    onSearch: ledger.book,
    logger,
  });
  const notes = new NoteDrafts({
    database,
    writer: chooseNoteWriter(container),
    embedded: extractiveWriter(version),
    library,
    tables: container.codeTables,
    drugs: container.drugNames,
    expand: container.expandSynonyms,
    engineVersion: version,
  });
  const clinicGuidelines = new ClinicGuidelines({ database, embedder, logger });
  const guidelines = new GuidelineSearch({ database, retriever, library });

  const knowledge = startKnowledge({
    database,
    embedder,
    index,
    corpus,
    guidelinesDir: container.guidelinesDir,
    logger,
  });
  knowledge.ready.catch((error: unknown) =>
    logger.error({ err: error }, 'guidelines are not ready'),
  );
  const refresh = () => index.refresh(embedder.model);
  const changes = await subscribe({
    url: env.DATABASE_URL,
    applicationName: 'ai-service-events',
    logger,
    handlers: {
      onEvent: (event) => (event.type === 'guidelines_changed' ? refresh() : undefined),
      onGap: refresh,
    },
  });

  const app = createApp({
    logger,
    corsOrigins: env.CORS_ORIGINS,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    service: serviceName,
  });
  addRoutes(app, container, { suggestions, pricing, guidelines, clinicGuidelines, notes, index });
  const http = createServer(app);
  const port = await listen(http, env.PORT, env.HOST);
  const stopMetrics = await serveMetrics(env.METRICS_PORT, env.HOST);
  logger.info({ port }, 'AI service listens');

  return {
    port,
    ready: knowledge.ready,
    async stop() {
      await closeServer(http);
      await stopMetrics();
      await changes.stop();
      // A vendor's calls are ended first: indexing waits for them. The weights are let go of last.
      if (env.EMBEDDING_PROVIDER !== 'embedded') await embedder.stop();
      await knowledge.stop();
      await ledger.drain();
      await embedder.stop();
      await container.close();
    },
  };
}

/** A language model proposes where one is configured; the bank answers otherwise and stands in. */
function chooseQuestions(container: Container, library: GuidelineLibrary): QuestionEngine {
  const { consultationModel, drugNames, logger } = container;
  const embedded = createEmbeddedQuestions({ library, version });
  if (consultationModel.name === null) return embedded;
  return createModelQuestions({
    model: consultationModel,
    embedded,
    library,
    vocabulary: createVocabulary(library, drugNames),
    logger,
  });
}

function chooseNoteWriter({ consultationModel, logger }: Container): NoteWriter {
  const embedded = extractiveWriter(version);
  return consultationModel.name === null
    ? embedded
    : createModelNoteWriter({ model: consultationModel, embedded, logger });
}

interface Parts {
  suggestions: SuggestionService;
  pricing: AiPricing;
  guidelines: GuidelineSearch;
  clinicGuidelines: ClinicGuidelines;
  notes: NoteDrafts;
  index: ChunkIndex;
}

function addRoutes(app: Express, container: Container, parts: Parts): void {
  app.use(
    healthRoutes({
      service: serviceName,
      ...buildInfo(container.env.MEDCALL_BUILD),
      checks: {
        database: () => container.database.ping(),
        guidelines: async () => {
          if (parts.index.size === 0) throw new Error('no guideline is indexed');
        },
      },
    }),
  );
  app.use(limitByAddress(container.limiter));
  app.use('/api', authenticate(container.verifier), permit(container.database));
  // Before the small body limit: documents are large.
  app.use('/api/guidelines', guidelineRoutes(parts.guidelines, parts.clinicGuidelines));
  app.use(express.json({ limit: '100kb' }));
  app.use('/api/suggestions', suggestionRoutes(parts.suggestions));
  app.use('/api/ai-pricing', pricingRoutes(parts.pricing));
  app.use('/api/notes', noteRoutes(parts.notes));
  app.use(unknownRoute);
  app.use(errorHandler(container.logger));
}
