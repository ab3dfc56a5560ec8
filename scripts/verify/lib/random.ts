import { createHash } from 'node:crypto';

/** A number 0–1 that is always the same for the same seed and name. */
export function seeded(seed: number, ...name: Array<string | number>): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, ...name]))
    .digest();
  return hash.readUInt32LE() / 2 ** 32;
}
