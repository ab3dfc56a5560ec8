import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadNeuralEmbedder } from './neural-embedder.ts';
import { createMfccEmbedder, type SpeakerEmbedder } from './voice-features.ts';

/**
 * The speaker model at a path, or the embedded cepstra. A model is named by its file and content:
 * another model under the same name must not be compared with what the first one made.
 */
export async function chooseEmbedder(modelPath: string | undefined): Promise<SpeakerEmbedder> {
  if (modelPath === undefined) return createMfccEmbedder();
  const file = await readFile(modelPath).catch((cause: unknown) => {
    throw new Error('SPEAKER_MODEL_PATH: the file cannot be read', { cause });
  });
  const hash = createHash('sha256').update(file).digest('hex');
  return loadNeuralEmbedder({
    path: modelPath,
    name: `${basename(modelPath)}-${hash.slice(0, 12)}`,
  });
}
