import { Readable } from 'node:stream';
import { AppError } from '../errors/app-error.ts';

/**
 * A body from the network that ends with AppError `unavailable` when it breaks off or when the
 * store sends nothing for `idleMs`. Only the wait for the store counts: a slow reader may take its time.
 */
export function guardStream(source: Readable, idleMs: number): Readable {
  // An error before anybody reads is told to the reader, not to the process.
  source.on('error', () => undefined);
  return Readable.from(pieces(source, idleMs), { objectMode: false });
}

async function* pieces(source: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const silence = new Error(`no byte for ${idleMs} ms`);
  let timer: NodeJS.Timeout | undefined;
  const listen = () => {
    timer = setTimeout(() => source.destroy(silence), idleMs);
  };
  try {
    listen();
    for await (const piece of source as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield piece;
      listen();
    }
  } catch (error) {
    throw new AppError('unavailable', { cause: error });
  } finally {
    clearTimeout(timer);
    source.destroy();
  }
}

/** All bytes of a stream. */
export async function collect(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}
