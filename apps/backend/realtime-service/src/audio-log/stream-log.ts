import { mkdir, readdir, truncate, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '@medcall/service-kit';
import { pass } from '../failpoints.ts';
import { type ChunkRecord, encodeRecord, type GapRecord, type LogRecord } from './record.ts';
import { readSegment, SegmentWriter, type StreamHeader, syncFile } from './segment.ts';
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

/** What makes an acknowledged chunk durable: a sync of this disk, or a copy in the object store. */
export type Durability = 'disk' | 'store';

/** Closed segments that are not in the object store yet, and the mark that their copy moves. */
export interface SealedSegments {
  paths: string[];
  upTo: number;
}

interface StreamLogOptions {
  folder: string;
  /** Grows with each owner of the stream; part of the segments' names, so that no two owners write one file. */
  fence: number;
  durability: Durability;
}

/**
 * The log of one stream: segment files of checksummed records in order of arrival.
 * A chunk is acknowledged after its write; `sync` or `shipped` moves the durable mark.
 */
export class StreamLog {
  readonly header: StreamHeader;
  private readonly options: StreamLogOptions;
  private readonly tracker: SequenceTracker;
  /** Closed segments without a copy in the object store. */
  private readonly sealed: Set<string>;
  private writer: SegmentWriter | null = null;
  /** The highest number that each segment holds, by its name: who reads from the middle leaves the others out. */
  private readonly lastSeqs: Map<string, number>;
  /** Segments whose sync failed: the system may have dropped their pages and call them clean from now on. */
  private doubted: string[] = [];
  private segmentCount: number;
  /** Bytes of existing segments that the disk has changed. */
  readonly damagedBytes: number;
  private durable: number;
  private dirty = false;
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(options: StreamLogOptions, header: StreamHeader, state: OpenedState) {
    this.options = options;
    this.header = header;
    this.tracker = state.tracker;
    this.segmentCount = state.segmentCount;
    this.damagedBytes = state.damagedBytes;
    this.sealed = new Set(state.paths);
    this.lastSeqs = state.lastSeqs;
    this.durable = options.durability === 'disk' ? state.tracker.acked : -1;
  }

  /** Starts the log of a new stream. */
  static async create(options: StreamLogOptions, header: StreamHeader): Promise<StreamLog> {
    await mkdir(options.folder, { recursive: true });
    const tracker = new SequenceTracker();
    return new StreamLog(options, header, {
      tracker,
      segmentCount: 0,
      paths: [],
      lastSeqs: new Map(),
      damagedBytes: 0,
    });
  }

  /**
   * Opens an existing log and cuts off torn tails; null when there is nothing whole in the folder.
   * Old segments are only read from here on: a copy of them may be in the object store.
   * @param originMs segments with another origin are from before the stream was discarded, and go
   */
  static async open(options: StreamLogOptions, originMs?: number): Promise<StreamLog | null> {
    const names = await segmentNames(options.folder);
    const tracker = new SequenceTracker();
    const paths: string[] = [];
    const lastSeqs = new Map<string, number>();
    let header: StreamHeader | null = null;
    let damagedBytes = 0;
    for (const name of names) {
      const path = join(options.folder, name);
      const content = await readSegment(path);
      const outlived = originMs !== undefined && content?.header.originMs !== originMs;
      if (!content || outlived) {
        // Without a whole header the process ended while making it.
        await unlink(path);
        continue;
      }
      if (content.tornBytes > 0) await truncate(path, content.goodBytes);
      await syncFile(path);
      header ??= content.header;
      paths.push(path);
      damagedBytes += content.damagedBytes;
      for (const record of content.records) settle(tracker, record);
      lastSeqs.set(name, Math.max(-1, ...content.records.map(lastSeqOf)));
    }
    if (!header) return null;
    const segmentCount = names.filter((name) => name.startsWith(padded(options.fence))).length;
    return new StreamLog(options, header, { tracker, segmentCount, paths, lastSeqs, damagedBytes });
  }

  /** Whether its segments are copied to a store that other nodes read. */
  get isShared(): boolean {
    return this.options.durability === 'store';
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

  /** Makes what is acknowledged by now survive a power cut on this machine. */
  async sync(): Promise<void> {
    if (!this.dirty) return;
    await this.inTurn(async () => {
      pass('acked-before-sync');
      const upTo = this.tracker.acked;
      this.dirty = false;
      try {
        await this.writeAgain();
        await this.writer?.sync();
      } catch (error) {
        this.dirty = true;
        if (this.writer) await this.doubt(this.writer);
        throw error;
      }
      if (this.options.durability === 'disk') this.durable = Math.max(this.durable, upTo);
    });
  }

  /** Closes the open segment and names those that wait for their copy; null when none does. */
  seal(): Promise<SealedSegments | null> {
    return this.inTurn(async () => {
      await this.closeWriter();
      if (this.sealed.size === 0) return null;
      return { paths: [...this.sealed], upTo: this.tracker.acked };
    });
  }

  /** The copies are in the object store: what they hold survives the loss of this machine. */
  shipped(copied: SealedSegments): void {
    for (const path of copied.paths) this.sealed.delete(path);
    this.durable = Math.max(this.durable, copied.upTo);
  }

  /**
   * Records in order of `seq`, first bytes first, from the segment files; at the end those that lie
   * behind a hole which is still open.
   * @param from the first number that is wanted
   */
  async *read(from = 0): AsyncGenerator<LogRecord> {
    const waiting = new Map<number, LogRecord>();
    let next = from;
    for (const name of await segmentNames(this.options.folder)) {
      const lastSeq = this.lastSeqs.get(name);
      if (lastSeq !== undefined && lastSeq < from) continue;
      const content = await readSegment(join(this.options.folder, name));
      for (const record of content?.records ?? []) {
        if (lastSeqOf(record) < next || waiting.has(record.seq)) continue;
        waiting.set(record.seq, record);
        for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
          waiting.delete(next);
          yield ready;
          next = lastSeqOf(ready) + 1;
        }
      }
    }
    yield* [...waiting.values()].sort((a, b) => a.seq - b.seq);
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.closeWriter());
  }

  private async closeWriter(): Promise<void> {
    const { writer } = this;
    if (!writer) return;
    this.sealed.add(writer.path);
    this.writer = null;
    try {
      await writer.close();
    } catch {
      // Nothing is durable by it: the next sync writes it again.
      this.doubted.push(writer.path);
      this.dirty = true;
    }
  }

  /** Goes on in another segment. */
  private async doubt(writer: SegmentWriter): Promise<void> {
    this.sealed.add(writer.path);
    this.doubted.push(writer.path);
    this.writer = null;
    // It fails again or says that all is well: neither is worth anything.
    await writer.close().catch(() => undefined);
  }

  /** Writes what is not durable in doubted segments once more, where a sync can still vouch for it. */
  private async writeAgain(): Promise<void> {
    for (const path of [...this.doubted]) {
      const content = await readSegment(path);
      for (const record of content?.records ?? []) {
        if (lastSeqOf(record) > this.durable) await this.appendRecord(record);
      }
      this.doubted = this.doubted.filter((one) => one !== path);
    }
  }

  private async write(record: LogRecord): Promise<void> {
    try {
      await this.appendRecord(record);
    } catch (error) {
      if (isDiskFull(error)) throw new AppError('storage_full', { cause: error });
      throw error;
    }
    settle(this.tracker, record);
    this.dirty = true;
  }

  private async appendRecord(record: LogRecord): Promise<void> {
    const segment = await this.currentSegment();
    await segment.append(encodeRecord(record));
    const name = basename(segment.path);
    this.lastSeqs.set(name, Math.max(this.lastSeqs.get(name) ?? -1, lastSeqOf(record)));
  }

  private async currentSegment(): Promise<SegmentWriter> {
    if (this.writer && this.writer.bytes < maxSegmentBytes) return this.writer;
    await this.closeWriter();
    this.segmentCount += 1;
    const name = `${padded(this.options.fence)}-${padded(this.segmentCount)}.seg`;
    this.writer = await SegmentWriter.create(join(this.options.folder, name), this.header);
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
  damagedBytes: number;
  tracker: SequenceTracker;
  segmentCount: number;
  paths: string[];
  lastSeqs: Map<string, number>;
}

function lastSeqOf(record: LogRecord): number {
  return record.type === 'gap' ? record.toSeq : record.seq;
}

function settle(tracker: SequenceTracker, record: LogRecord): void {
  if (record.type === 'chunk') tracker.add(record.seq);
  else for (let seq = record.seq; seq <= record.toSeq; seq++) tracker.add(seq);
}

async function segmentNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^\d{6}-\d{6}\.seg$/.test(name)).sort();
}

function padded(number: number): string {
  return String(number).padStart(6, '0');
}

function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG')
  );
}
