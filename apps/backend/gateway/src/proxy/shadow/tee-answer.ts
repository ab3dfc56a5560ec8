import type { ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** An answer as it went to the client, its body unpacked. */
export interface SeenAnswer {
  status: number;
  type: string;
  body: Buffer;
}

/**
 * Keeps a copy of an answer while it goes out as ever. What is longer than `maxBytes`, or cut off, is not
 * kept.
 * @param done called once, after the client has everything; `null` for an answer that was not kept
 */
export function teeAnswer(
  res: ServerResponse,
  maxBytes: number,
  done: (answer: SeenAnswer | null) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let fits = true;
  let headers: ReadonlyMap<string, string> = new Map();
  const keep = (chunk: unknown, encoding: unknown) => {
    if (!fits || chunk === undefined || chunk === null || typeof chunk === 'function') return;
    const piece =
      typeof chunk === 'string'
        ? Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8')
        : Buffer.from(chunk as Uint8Array);
    bytes += piece.length;
    fits = bytes <= maxBytes;
    if (fits) chunks.push(piece);
    else chunks.length = 0;
  };
  const [writeHead, write, end] = [
    res.writeHead.bind(res) as (...all: unknown[]) => ServerResponse,
    res.write.bind(res) as (...all: unknown[]) => boolean,
    res.end.bind(res) as (...all: unknown[]) => ServerResponse,
  ];
  res.writeHead = ((...all: unknown[]) => {
    headers = headersOf(all.at(-1));
    return writeHead(...all);
  }) as typeof res.writeHead;
  res.write = ((chunk: unknown, ...rest: unknown[]) => {
    keep(chunk, rest[0]);
    return write(chunk, ...rest);
  }) as typeof res.write;
  res.end = ((...all: unknown[]) => {
    keep(all[0], all[1]);
    return end(...all);
  }) as typeof res.end;
  const header = (name: string) => headers.get(name) ?? String(res.getHeader(name) ?? '');
  res.once('finish', () => {
    const body = fits
      ? unpacked(Buffer.concat(chunks), header('content-encoding'), maxBytes)
      : null;
    done(body && { status: res.statusCode, type: header('content-type'), body });
  });
}

/** @returns null for what cannot be unpacked, or is longer than `maxBytes` then */
export function unpacked(body: Buffer, encoding: string, maxBytes: number): Buffer | null {
  const limit = { maxOutputLength: maxBytes };
  try {
    switch (encoding.trim().toLowerCase()) {
      case '':
      case 'identity':
        return body;
      case 'gzip':
        return gunzipSync(body, limit);
      case 'deflate':
        return inflateSync(body, limit);
      case 'br':
        return brotliDecompressSync(body, limit);
      default:
        return null;
    }
  } catch {
    // Too long, or not what it says: there is nothing to compare, and the client has had it already.
    return null;
  }
}

/** Of `writeHead`: names and values by turns, or an object. */
function headersOf(given: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (Array.isArray(given)) {
    for (let at = 0; at + 1 < given.length; at += 2) {
      found.set(String(given[at]).toLowerCase(), String(given[at + 1]));
    }
  } else if (typeof given === 'object' && given !== null) {
    for (const [name, value] of Object.entries(given)) found.set(name.toLowerCase(), String(value));
  }
  return found;
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === 'string' && Buffer.isEncoding(value);
}
