import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../audio-log/record.ts';
import type { StreamHeader } from '../audio-log/segment.ts';
import { orderedRecords } from './ordered-records.ts';
import { gather } from './testing/gather.ts';

const header: StreamHeader = {
  consultationId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a11',
  sub: 'someone',
  stream: 'microphone',
  captureId: '0',
  participantId: '6f1c1a52-4a1c-4f6e-9f1e-0c0d3b1f7a12',
  speaker: 'PACIENTE',
  sampleRate: 16_000,
  originMs: 0,
};

const chunk = (seq: number, mark = 0): LogRecord => ({
  type: 'chunk',
  seq,
  capturedAtMs: null,
  pcm: Uint8Array.of(mark, 0),
});
const gap = (seq: number, toSeq: number): LogRecord => ({ type: 'gap', seq, toSeq });

function segmentsOf(...segments: LogRecord[][]) {
  return segments.map((records) => async () => ({
    header,
    records,
    goodBytes: 0,
    tornBytes: 0,
    damagedBytes: 0,
  }));
}

async function read(...segments: LogRecord[][]): Promise<LogRecord[]> {
  return gather(orderedRecords(segmentsOf(...segments)));
}

describe('records of a closed stream', () => {
  it('come in order of their numbers over several segments, the first bytes of a number first', async () => {
    const found = await read([chunk(1, 1), chunk(0)], [chunk(1, 2), chunk(3), chunk(2)]);
    expect(found).toEqual([chunk(0), chunk(1, 1), chunk(2), chunk(3)]);
  });

  it('keep what was said after a hole that nobody settled', async () => {
    expect(await read([chunk(0), chunk(4)], [chunk(3)])).toEqual([
      chunk(0),
      gap(1, 2),
      chunk(3),
      chunk(4),
    ]);
  });

  it('pass over a segment that holds nothing whole', async () => {
    const [whole] = segmentsOf([chunk(0)]);
    if (!whole) throw new Error('one was made');
    expect(await gather(orderedRecords([async () => null, whole]))).toEqual([chunk(0)]);
  });

  it('cover every number up to the last one exactly once, whatever the arrivals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), { maxLength: 5 }),
        async (arrivals) => {
          const found = await read(...arrivals.map((seqs) => seqs.map((seq) => chunk(seq))));
          const covered = found.flatMap((record) =>
            record.type === 'chunk'
              ? [record.seq]
              : Array.from({ length: record.toSeq - record.seq + 1 }, (_, i) => record.seq + i),
          );
          const sent = new Set(arrivals.flat());
          expect(covered).toEqual(Array.from({ length: Math.max(-1, ...sent) + 1 }, (_, i) => i));
          const heard = found.filter((record) => record.type === 'chunk').map(({ seq }) => seq);
          expect(heard).toEqual([...sent].sort((a, b) => a - b));
        },
      ),
    );
  });
});
