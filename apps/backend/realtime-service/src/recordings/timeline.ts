import type { LogRecord } from '../audio-log/record.ts';
import { SampleClock } from '../audio-log/sample-clock.ts';

/** All recordings have the audio log's rate: nothing is resampled. */
export const sampleRate = 16_000;
/** One second of sound. */
const blockSamples = sampleRate;

/** Sound at its place on the consultation's timeline, in samples from its zero. */
export interface Piece {
  at: number;
  pcm: Int16Array;
}

/**
 * A stream's sound at the places where the transcript has it: both ask the same clock.
 * Pieces follow each other and never overlap.
 * @param originMs where the stream's sample 0 stands
 */
export async function* placed(
  records: AsyncIterable<LogRecord>,
  originMs: number,
): AsyncGenerator<Piece> {
  const clock = new SampleClock(sampleRate);
  const origin = Math.round((originMs * sampleRate) / 1000);
  for await (const record of records) {
    if (record.type === 'gap') {
      clock.skip(record.toSeq - record.seq + 1);
      continue;
    }
    const pcm = toSamples(record.pcm);
    yield { at: origin + clock.place(pcm.length, record.capturedAtMs), pcm };
  }
}

/**
 * One continuous sound from 0 to the last sample of any source: silence where nobody speaks, the sum
 * where several do. Blocks of a second, so that an hour takes no memory.
 * @param limit samples after which nothing can have been said: a client's wild clock ends here
 */
export async function* mixed(
  sources: readonly AsyncIterable<Piece>[],
  limit: number,
): AsyncGenerator<Int16Array> {
  const cursors = sources.map((source) => new Cursor(source));
  try {
    for (let from = 0; from < limit; from += blockSamples) {
      const to = Math.min(from + blockSamples, limit);
      const sum = new Int32Array(to - from);
      let heardTo = 0;
      for (const cursor of cursors) heardTo = Math.max(heardTo, await cursor.addTo(sum, from));
      const last = cursors.every((cursor) => cursor.ended);
      const length = last ? heardTo : sum.length;
      if (length > 0) yield clipped(sum, length);
      if (last) return;
    }
  } finally {
    for (const cursor of cursors) await cursor.close();
  }
}

/** One source while the blocks go by. */
class Cursor {
  private readonly pieces: AsyncIterator<Piece>;
  private current: Piece | null = null;
  ended = false;

  constructor(source: AsyncIterable<Piece>) {
    this.pieces = source[Symbol.asyncIterator]();
  }

  /** Adds what falls into the block that starts at `from`. @returns the block's samples up to the last one heard */
  async addTo(sum: Int32Array, from: number): Promise<number> {
    const to = from + sum.length;
    let heardTo = 0;
    while (!this.ended) {
      this.current ??= await this.pull();
      if (!this.current || this.current.at >= to) break;
      const { at, pcm } = this.current;
      const end = Math.min(at + pcm.length, to);
      for (let sample = Math.max(at, from); sample < end; sample++) {
        sum[sample - from] = (sum[sample - from] ?? 0) + (pcm[sample - at] ?? 0);
      }
      heardTo = Math.max(heardTo, end - from);
      if (at + pcm.length > to) break;
      this.current = null;
    }
    return heardTo;
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private async pull(): Promise<Piece | null> {
    const next = await this.pieces.next();
    if (next.done) this.ended = true;
    return next.done ? null : next.value;
  }
}

/** Two people who shout at once must not wrap around. */
function clipped(sum: Int32Array, length: number): Int16Array {
  const pcm = new Int16Array(length);
  for (let i = 0; i < length; i++) {
    pcm[i] = Math.max(-32_768, Math.min(32_767, sum[i] ?? 0));
  }
  return pcm;
}

/** PCM16LE bytes as samples; copied, because the bytes may lie at an odd offset of a larger buffer. */
function toSamples(bytes: Uint8Array): Int16Array {
  const aligned = new Uint8Array(bytes.byteLength);
  aligned.set(bytes);
  return new Int16Array(aligned.buffer);
}
