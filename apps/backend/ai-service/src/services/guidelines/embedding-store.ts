import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const file = z.object({
  model: z.string(),
  dimension: z.number().int(),
  /** SHA-256 of the embedded text → little-endian float32, base64. */
  vectors: z.record(z.string(), z.string()),
});
export type EmbeddingFile = z.infer<typeof file>;

export const embeddingFileName = 'embeddings.generated.json';

export function textKey(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function encodeVector(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

/** Vectors of the common corpus that were computed beforehand, by text; empty for another model. */
export async function readEmbeddingFile(
  path: string,
  model: string,
): Promise<ReadonlyMap<string, Float32Array>> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (content === undefined) return new Map();
  const stored = file.parse(JSON.parse(content));
  if (stored.model !== model) return new Map();
  return new Map(
    Object.entries(stored.vectors).map(([key, encoded]) => {
      const bytes = Buffer.from(encoded, 'base64');
      return [key, new Float32Array(new Uint8Array(bytes).buffer)];
    }),
  );
}
