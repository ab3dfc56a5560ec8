import type { LogRecord } from '../audio-log/record.ts';
import type { SegmentContent } from '../audio-log/segment.ts';

/** Reads one segment; null when nothing of it is whole. */
export type SegmentReader = () => Promise<SegmentContent | null>;

/**
 * Records of a closed stream in order of `seq`, the first bytes of a number first. A hole that nobody
 * settled before the end is a gap: what was said after it is still heard.
 */
export async function* orderedRecords(
  segments: readonly SegmentReader[],
): AsyncGenerator<LogRecord> {
  const waiting = new Map<number, LogRecord>();
  let next = 0;
  for (const read of segments) {
    for (const record of (await read())?.records ?? []) {
      if (lastOf(record) < next || waiting.has(record.seq)) continue;
      waiting.set(record.seq, record);
      for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
        waiting.delete(next);
        yield ready;
        next = lastOf(ready) + 1;
      }
    }
  }
  for (const record of [...waiting.values()].sort((a, b) => a.seq - b.seq)) {
    if (lastOf(record) < next) continue;
    if (record.seq > next) yield { type: 'gap', seq: next, toSeq: record.seq - 1 };
    yield record;
    next = lastOf(record) + 1;
  }
}

function lastOf(record: LogRecord): number {
  return record.type === 'gap' ? record.toSeq : record.seq;
}
