import type { Embedder } from '../services/embeddings.ts';

/** Finds no text nearer than another: for tests of everything but the search. */
export const withoutWeights: Embedder = {
  model: 'none',
  dimension: 1,
  start: async () => undefined,
  embed: async (_, texts) => texts.map(() => new Float32Array([1])),
  stop: async () => undefined,
};
