import { resolve } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@medcall/service-kit/database/test-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../testing/project-root.ts';
import { createE5Embedder } from './e5-embedder.ts';
import type { Embedder } from './embeddings.ts';
import { ChunkIndex } from './guidelines/chunk-index.ts';
import { type Guideline, indexedTexts, readCorpus } from './guidelines/corpus.ts';
import { embeddingFileName, readEmbeddingFile } from './guidelines/embedding-store.ts';
import { indexGuidelines } from './guidelines/index-guidelines.ts';
import { loadLexicon } from './lexicon.ts';
import { createRetriever, type Retriever } from './rag.ts';

const folder = resolve(projectRoot, 'database/seeds/guidelines');
const embedder: Embedder = createE5Embedder(resolve(projectRoot, 'models'));
let base: TestDatabase;
let index: ChunkIndex;
let retriever: Retriever;
let corpus: Guideline[];
let stored: ReadonlyMap<string, Float32Array>;

beforeAll(async () => {
  base = await createTestDatabase();
  corpus = await readCorpus(folder);
  stored = await readEmbeddingFile(resolve(folder, embeddingFileName), embedder.model);
  index = new ChunkIndex(base.database);
  await indexGuidelines({ database: base.database, embedder, corpus, stored });
  await index.refresh(embedder.model);
  retriever = createRetriever({
    database: base.database,
    index,
    embedder,
    expand: loadLexicon().expandSynonyms,
  });
});
afterAll(async () => {
  await embedder.stop();
  await base?.drop();
});

const documents = async (text: string) =>
  (await retriever.search({ text, clinicaId: null, limit: 3 })).map((chunk) => chunk.documentId);

describe('retrieval over the real weights', () => {
  it.each([
    ['angina ao esforço com irradiação para o braço', 'dor-toracica'],
    ['sinais de alarme na cefaleia', 'cefaleia'],
    ['criança febril que não aceita líquidos', 'febre-crianca'],
    ['monofilamento e pé diabético', 'diabetes-tipo-2'],
    ['síndrome da cauda equina', 'lombalgia'],
    ['corticoide inalatório diário', 'asma'],
    ['bacteriúria na gestante', 'infeccao-urinaria'],
    ['minha cabeça dói e a luz me incomoda', 'cefaleia'],
    ['estou com ardência para fazer xixi', 'infeccao-urinaria'],
    ['o coração dispara e eu fico com medo de morrer', 'palpitacoes'],
    ['travei a coluna levantando peso', 'lombalgia'],
    ['meu filho está com diarreia e a boca seca', 'diarreia'],
    ['não tenho vontade de viver', 'depressao'],
  ])('"%s" finds %s', async (text, document) => {
    expect(await documents(text)).toContain(document);
  });

  it('shows passages alone, also of a document that only how people ask leads to', async () => {
    const found = await retriever.search({
      text: 'o nenê está cansadinho, afundando as costelas, e mama menos',
      clinicaId: null,
      limit: 60,
    });
    expect(found[0]?.documentId).toBe('bronquiolite');
    expect(found.every(({ isPassage, section }) => isPassage && section !== '')).toBe(true);
    // No summary holds this word.
    const only = await retriever.search({
      text: 'batedeira',
      clinicaId: null,
      mode: 'text',
      plain: true,
    });
    expect(only.map(({ documentId, position }) => [documentId, position])).toEqual([
      ['palpitacoes', 0],
    ]);
  });

  it('finds nothing for nothing', async () => {
    expect(await retriever.search({ text: '  ', clinicaId: null })).toEqual([]);
  });

  it('survives operators of the text search in what people say', async () => {
    await expect(documents("dor & (no peito | !'; drop table :*")).resolves.toContain(
      'dor-toracica',
    );
  });

  it('embeds a text alone as in a batch with longer ones', async () => {
    const [alone] = await embedder.embed('query', ['dor no peito']);
    const [batched] = await embedder.embed('query', [
      'dor no peito',
      'uma frase bem mais longa que a outra',
    ]);
    expect(alone).toHaveLength(embedder.dimension);
    alone?.forEach((value, at) => {
      expect(batched?.[at]).toBeCloseTo(value, 3);
    });
  });
});

describe('indexing', () => {
  const withCorpus = (changed: Guideline[]) =>
    indexGuidelines({ database: base.database, embedder, corpus: changed, stored });

  it('writes nothing when nothing changed', async () => {
    expect(await withCorpus(corpus)).toBe(0);
  });

  it('writes what changed, and only that; takes away what is gone; brings it back', async () => {
    const [first, ...others] = corpus;
    if (!first) throw new Error('the corpus is empty');
    const edited = { ...first, hash: 'edited', sections: first.sections.slice(0, 2) };
    expect(await withCorpus([edited, ...others])).toBe(1);
    await index.refresh(embedder.model);
    const of = (id: string) =>
      index.visibleTo(null).filter((chunk) => chunk.documentId === id && chunk.isPassage);
    expect(of(first.head.id)).toHaveLength(2);
    await withCorpus(others);
    await index.refresh(embedder.model);
    expect(of(first.head.id)).toHaveLength(0);
    expect(await withCorpus(corpus)).toBe(1);
    await index.refresh(embedder.model);
    expect(of(first.head.id)).toHaveLength(first.sections.length);
  });

  it('two instances that start together write the corpus once', async () => {
    const other = await createTestDatabase();
    const options = { database: other.database, embedder, corpus, stored };
    await Promise.all([indexGuidelines(options), indexGuidelines(options)]);
    const found = new ChunkIndex(other.database);
    await found.refresh(embedder.model);
    expect(found.size).toBe(corpus.reduce((sum, one) => sum + indexedTexts(one).length, 0));
    await other.drop();
  });

  it('leaves vectors of another model aside', async () => {
    const found = new ChunkIndex(base.database);
    await found.refresh('another-model');
    expect(found.nearest(new Float32Array(embedder.dimension), null)).toEqual([]);
  });
});
