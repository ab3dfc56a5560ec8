import { z } from 'zod';
import type { SharedSound } from './sound-exchange.ts';

const headerSchema = z.object({
  node: z.string(),
  streamId: z.string(),
  sub: z.string(),
  originMs: z.number(),
  positionSamples: z.number().int(),
});
const lengthBytes = 4;

/** Length of a JSON header (uint32 LE), the header, PCM16LE. */
export function encodeSound(node: string, { pcm, ...place }: SharedSound): Buffer {
  const header = Buffer.from(JSON.stringify({ node, ...place }));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    length,
    header,
    new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength),
  ]);
}

/** Null for what no node of ours wrote. */
export function decodeSound(message: Buffer): { node: string; sound: SharedSound } | null {
  if (message.length < lengthBytes) return null;
  const end = lengthBytes + message.readUInt32LE();
  const header = headerSchema.safeParse(parsed(message.subarray(lengthBytes, end)));
  const bytes = message.length - end;
  if (!header.success || bytes < 0 || bytes % 2 !== 0) return null;
  const { node, ...place } = header.data;
  // Copied: the bytes may lie at an odd place.
  const pcm = new Int16Array(Uint8Array.from(message.subarray(end)).buffer);
  return { node, sound: { ...place, pcm } };
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return null;
  }
}
