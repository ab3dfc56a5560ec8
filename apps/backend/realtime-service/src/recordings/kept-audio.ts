import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ObjectStore } from '@medcall/service-kit';
import type { LogRecord } from '../audio-log/record.ts';
import { decodeSegment, readSegment, type StreamHeader } from '../audio-log/segment.ts';
import { orderedRecords, type SegmentReader } from './ordered-records.ts';

/** One stream of a consultation as its log holds it. */
export interface KeptStream {
  header: StreamHeader;
  /** Chunks and gaps in order of `seq`; reads the log anew at each call. */
  records(): AsyncGenerator<LogRecord>;
}

/** The audio log of ended captures, for reading: this machine's disk, or the object store of a cluster. */
export class KeptAudio {
  private readonly root: string;
  private readonly store: ObjectStore | null;

  /** @param options root: folder of the audio log; store: where its segments are copied to, if anywhere */
  constructor(options: { root: string; store: ObjectStore | null }) {
    this.root = options.root;
    this.store = options.store;
  }

  /** Whether any node can read what another one wrote. */
  get shared(): boolean {
    return this.store !== null;
  }

  async streamsOf(consultationId: string): Promise<KeptStream[]> {
    const readers = this.store
      ? await stored(this.store, consultationId)
      : await onDisk(this.root, consultationId);
    const streams: KeptStream[] = [];
    for (const segments of readers) {
      const header = await firstHeader(segments);
      if (header) streams.push({ header, records: () => orderedRecords(segments) });
    }
    return streams;
  }
}

/** Readers of each stream's segments, in the order in which they were written. */
async function onDisk(root: string, consultationId: string): Promise<SegmentReader[][]> {
  const folder = join(root, consultationId);
  const streams: SegmentReader[][] = [];
  for (const name of await namesIn(folder)) {
    const files = (await namesIn(join(folder, name))).filter(isSegment).sort();
    streams.push(files.map((file) => () => readSegment(join(folder, name, file))));
  }
  return streams;
}

async function stored(store: ObjectStore, consultationId: string): Promise<SegmentReader[][]> {
  const objects = await store.list(`audio/${consultationId}/`);
  const segments = objects.filter(({ key }) => isSegment(basename(key)));
  const byStream = Map.groupBy(segments, ({ key }) => key.slice(0, key.lastIndexOf('/')));
  return [...byStream.values()].map((copies) =>
    copies.map(({ key }) => async () => {
      const bytes = await store.get(key);
      return bytes ? decodeSegment(bytes) : null;
    }),
  );
}

async function firstHeader(segments: SegmentReader[]): Promise<StreamHeader | null> {
  for (const read of segments) {
    const content = await read();
    if (content) return content.header;
  }
  return null;
}

function isSegment(name: string): boolean {
  return name.endsWith('.seg');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
