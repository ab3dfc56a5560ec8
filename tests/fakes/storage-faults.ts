import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a fake store does with its next call instead of answering it. */
export type StorageFault =
  /** 503 with the vendor's "slow down". */
  | 'slow_down'
  | 'server_error'
  /** Never answers. */
  | 'hang'
  /** Sends half of the body and drops the line. */
  | 'cut_off'
  /** Sends half of the body and then nothing. */
  | 'stall'
  /** No room left. */
  | 'full'
  | 'denied'
  /** A proxy's HTML with status 502. */
  | 'not_the_store';

export interface StoredObject {
  body: Buffer;
  contentType: string;
}

/** A parsed `Range` header of the only form that the stores use; null without one. */
export function rangeOf(
  req: IncomingMessage,
  size: number,
): { from: number; to: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '');
  if (!match) return null;
  const from = Number(match[1]);
  const to = Math.min(match[2] ? Number(match[2]) : size - 1, size - 1);
  return from >= size || from > to ? 'unsatisfiable' : { from, to };
}

/** Half of a body, and then either a broken line or silence. */
export function sendHalf(res: ServerResponse, body: Buffer, ending: 'cut_off' | 'stall'): void {
  res.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': body.length });
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (ending === 'cut_off') res.destroy();
  });
}

export async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of req as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
