import { createHash } from 'node:crypto';

/** The namespace of utterance ids; any fixed UUID serves. */
const NAMESPACE = Buffer.from('6f1d9a0c4b7e4c55a8b3d2e19f60c7a4', 'hex');

/**
 * The id of an utterance: a UUID of version 5 (RFC 9562) from the stream and the sample where it
 * begins. A replay of the log gives the same ids, so nothing can appear twice.
 */
export function utteranceId(streamKey: string, startSample: number): string {
  const hash = createHash('sha1').update(NAMESPACE).update(`${streamKey}:${startSample}`).digest();
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
