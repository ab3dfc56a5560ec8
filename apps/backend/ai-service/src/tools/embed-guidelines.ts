/**
 * Computes the vectors of the common corpus once, so that a fresh machine does not spend half a minute
 * on them at its first start. Run it after a change of a guideline: `npm run embed -w @medcall/ai-service`.
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createE5Embedder } from '../services/e5-embedder.ts';
import { indexedTexts, readCorpus } from '../services/guidelines/corpus.ts';
import {
  type EmbeddingFile,
  embeddingFileName,
  encodeVector,
  readEmbeddingFile,
  textKey,
} from '../services/guidelines/embedding-store.ts';

const root = resolve(import.meta.dirname, '../../../../..');
const folder = join(root, 'database/seeds/guidelines');
const embedder = createE5Embedder(join(root, 'models'));
const path = join(folder, embeddingFileName);

const corpus = await readCorpus(folder);
const stored = await readEmbeddingFile(path, embedder.model);
const vectors: Record<string, string> = {};
let computed = 0;
for (const guideline of corpus) {
  for (const { embedded: text } of indexedTexts(guideline)) {
    let vector = stored.get(textKey(text));
    if (!vector) {
      [vector] = await embedder.embed('passage', [text]);
      computed += 1;
    }
    if (vector) vectors[textKey(text)] = encodeVector(vector);
  }
}
const content: EmbeddingFile = { model: embedder.model, dimension: embedder.dimension, vectors };
await writeFile(path, `${JSON.stringify(content, null, 1)}\n`);
await embedder.stop();
process.stdout.write(`${Object.keys(vectors).length} vectors, ${computed} computed: ${path}\n`);
