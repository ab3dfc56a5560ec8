import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');

/** Files that decide what a figure means: two reports compare when these are the same. */
const yardsticks = {
  normaliser: ['normalise.ts', 'spoken-numbers.ts', 'units.ts', 'word-errors.ts'].map((name) =>
    path.join('packages/utils/src/eval', name),
  ),
  lexicon: ['apps/backend/realtime-service/data/lexicon/lexicon.tsv'],
} as const;

export interface Fingerprints {
  /** SHA-256 of the files that bring texts to one spelling and count errors. */
  normaliser: string;
  /** SHA-256 of the list that names drugs, for recall and for correction. */
  lexicon: string;
}

export async function readFingerprints(): Promise<Fingerprints> {
  const [normaliser, lexicon] = await Promise.all([
    hashOf(yardsticks.normaliser),
    hashOf(yardsticks.lexicon),
  ]);
  return { normaliser, lexicon };
}

export const lexiconPath = path.join(root, yardsticks.lexicon[0]);

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file.replaceAll(path.sep, '/')).update('\0');
    hash.update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}
