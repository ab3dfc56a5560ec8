import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@medcall/service-kit';
import { type ChunkRecord, encodeRecord, type GapRecord, type LogRecord } from './record.ts';
import { readSegment, SegmentWriter, type StreamHeader } from './segment.ts';
import { SequenceTracker } from './sequence-tracker.ts';

/** About a minute of audio: small enough to be shipped to an object store as it closes. */
const maxSegmentBytes = 2_000_000;
/** A hole may not be announced by numbers from nowhere: this far ahead is a broken client. */
const maxSeqAhead = 20_000;

export interface Marks {
  /** Everything up to here is written and survives the end of the process. */
  ackedSeq: number;
  /** Everything up to here survives a power cut. */
  durableSeq: number;
}

/**
 * The log of one stream: segment files of checksummed records in order of arrival.
 * A chunk is acknowledged after its write; `sync` moves the durable mark.
 */
export class StreamLog {
  readonly folder: string;
  readonly header: StreamHeader;
  private readonly tracker: SequenceTracker;
  private writer: SegmentWriter | null;
  private segmentCount: number;
  private durable: number;
  private dirty = false;
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, header: StreamHeader, state: OpenedState) {
    this.folder = folder;
    this.header = header;
    this.tracker = state.tracker;
    this.writer = state.writer;
    this.segmentCount = state.segmentCount;
    // What was read back from the disk after a restart is as durable as a sync makes it: see open().
    this.durable = state.tracker.acked;
  }

  /** Starts the log of a new stream. */
  static async create(folder: string, header: StreamHeader): Promise<StreamLog> {
    await mkdir(folder, { recursive: true });
    return new StreamLog(folder, header, {
      tracker: new SequenceTracker(),
      writer: null,
      segmentCount: 0,
    });
  }

  /** Opens an existing log, cutting off a torn tail; null when there is nothing whole in the folder. */
  static async open(folder: string): Promise<StreamLog | null> {
    const names = await segmentNames(folder);
    const tracker = new SequenceTracker();
    let header: StreamHeader | null = null;
    let writer: SegmentWriter | null = null;
    for (const [index, name] of names.entries()) {
      const path = join(folder, name);
      const content = await readSegment(path);
      if (!content) {
        // Only the newest file can be without a whole header: the process ended while making it.
        if (index === names.length - 1) await unlink(path);
        continue;
      }
      header ??= content.header;
      for (const record of content.records) settle(tracker, record);
      if (index === names.length - 1) {
        writer = await SegmentWriter.reopen(path, content.goodBytes);
        await writer.sync();
      }
    }
    if (!header) return null;
    return new StreamLog(folder, header, { tracker, writer, segmentCount: lastNumber(names) });
  }

  get marks(): Marks {
    return { ackedSeq: this.tracker.acked, durableSeq: Math.min(this.durable, this.tracker.acked) };
  }

  get nextSeq(): number {
    return this.tracker.next;
  }

  firstHole(): { from: number; to: number } | null {
    return this.tracker.firstHole();
  }

  /**
   * Writes a chunk unless its number is settled already.
   * @returns whether the chunk is new
   * @throws AppError storage_full | invalid_chunk
   */
  append(record: ChunkRecord): Promise<boolean> {
    return this.inTurn(async () => {
      if (this.tracker.has(record.seq)) return false;
      if (record.seq > this.tracker.acked + maxSeqAhead) throw new AppError('invalid_chunk');
      await this.write(record);
      return true;
    });
  }

  /** Records that numbers will never come; what was written in between stays. @returns the new gaps */
  giveUp(from: number, to: number): Promise<GapRecord[]> {
    return this.inTurn(async () => {
      if (to < from || to > this.tracker.acked + maxSeqAhead) throw new AppError('invalid_chunk');
      const gaps = this.tracker
        .missing(from, to)
        .map((range): GapRecord => ({ type: 'gap', seq: range.from, toSeq: range.to }));
      for (const gap of gaps) await this.write(gap);
      return gaps;
    });
  }

  /** Makes what is acknowledged by now durable. */
  async sync(): Promise<void> {
    if (!this.dirty) return;
    await this.inTurn(async () => {
      const upTo = this.tracker.acked;
      this.dirty = false;
      await this.writer?.sync();
      this.durable = Math.max(this.durable, upTo);
    });
  }

  /** Records in order of `seq`, first bytes first, from the segment files. */
  async *read(): AsyncGenerator<LogRecord> {
    const waiting = new Map<number, LogRecord>();
    let next = 0;
    for (const name of await segmentNames(this.folder)) {
      const content = await readSegment(join(this.folder, name));
      for (const record of content?.records ?? []) {
        const last = record.type === 'gap' ? record.toSeq : record.seq;
        if (last < next || waiting.has(record.seq)) continue;
        waiting.set(record.seq, record);
        for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
          waiting.delete(next);
          yield ready;
          next = (ready.type === 'gap' ? ready.toSeq : ready.seq) + 1;
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.inTurn(async () => {
      await this.writer?.close();
      this.writer = null;
    });
  }

  private async write(record: LogRecord): Promise<void> {
    try {
      await (await this.currentSegment()).append(encodeRecord(record));
    } catch (error) {
      if (isDiskFull(error)) throw new AppError('storage_full', { cause: error });
      throw error;
    }
    settle(this.tracker, record);
    this.dirty = true;
  }

  private async currentSegment(): Promise<SegmentWriter> {
    if (this.writer && this.writer.bytes < maxSegmentBytes) return this.writer;
    await this.writer?.close();
    this.writer = null;
    this.segmentCount += 1;
    const name = `${String(this.segmentCount).padStart(6, '0')}.seg`;
    this.writer = await SegmentWriter.create(join(this.folder, name), this.header);
    return this.writer;
  }

  /** One operation at a time, in the order of the calls. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    this.tail = result.catch(() => undefined);
    return result;
  }
}

interface OpenedState {
  tracker: SequenceTracker;
  writer: SegmentWriter | null;
  segmentCount: number;
}

function settle(tracker: SequenceTracker, record: LogRecord): void {
  if (record.type === 'chunk') tracker.add(record.seq);
  else for (let seq = record.seq; seq <= record.toSeq; seq++) tracker.add(seq);
}

async function segmentNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^\d{6}\.seg$/.test(name)).sort();
}

function lastNumber(names: readonly string[]): number {
  return Number.parseInt(names.at(-1) ?? '0', 10);
}

function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG')
  );
}
