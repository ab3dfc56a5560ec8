import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

export interface ZipEntry {
  name: string;
  /** False for what is compressed already. */
  compress: boolean;
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * A ZIP as it comes into being: whoever reads it sets the pace, and no file is ever whole in memory. An
 * entry that fails fails the stream, so that a torn archive has no end and is seen to be torn.
 */
export async function* zipStream(
  entries: AsyncIterable<ZipEntry>,
  modifiedAt: Date,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const taken = () => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const { body, compress, name } of entries) {
    const file = compress ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
    file.mtime = modifiedAt;
    zip.add(file);
    for await (const chunk of body) {
      file.push(chunk);
      yield* taken();
    }
    file.push(new Uint8Array(0), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
