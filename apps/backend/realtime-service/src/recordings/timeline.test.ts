import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../audio-log/record.ts';
import { gather } from './testing/gather.ts';
import { mixed, type Piece, placed } from './timeline.ts';

const pcm = (...samples: number[]) => Int16Array.from(samples);

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function mix(sources: Piece[][], limit = 1_000_000): Promise<number[]> {
  const blocks = await gather(mixed(sources.map(from), limit));
  return blocks.flatMap((block) => [...block]);
}

const chunk = (seq: number, samples: number, capturedAtMs: number | null = null): LogRecord => ({
  type: 'chunk',
  seq,
  capturedAtMs,
  pcm: new Uint8Array(samples * 2),
});

describe('one sound from several', () => {
  it('is silent where nobody speaks and the sum where several do', async () => {
    const doctor = [{ at: 1, pcm: pcm(10, 20, 30) }];
    const patient = [
      { at: 3, pcm: pcm(5) },
      { at: 6, pcm: pcm(7) },
    ];
    expect(await mix([doctor, patient])).toEqual([0, 10, 20, 35, 0, 0, 7]);
  });

  it('does not wrap around when two shout', async () => {
    const loud = [{ at: 0, pcm: pcm(30_000, -30_000) }];
    expect(await mix([loud, loud])).toEqual([32_767, -32_768]);
  });

  it('ends at the limit, however far a wild clock points', async () => {
    const wild = [
      { at: 0, pcm: pcm(1) },
      { at: 1e12, pcm: pcm(9) },
    ];
    expect(await mix([wild], 40_000)).toHaveLength(40_000);
  });

  it('is nothing when there is nothing', async () => {
    expect(await mix([])).toEqual([]);
    expect(await mix([[], []])).toEqual([]);
  });

  it('puts every sample where its piece says, over all block borders', async () => {
    const source = fc
      .array(
        fc.record({
          pause: fc.integer({ min: 0, max: 30_000 }),
          length: fc.integer({ min: 1, max: 20_000 }),
        }),
        { maxLength: 5 },
      )
      .map((parts) => {
        let at = 0;
        return parts.map(({ length, pause }): Piece => {
          at += pause;
          const piece = { at, pcm: Int16Array.from({ length }, (_, i) => (at + i) % 1000) };
          at += length;
          return piece;
        });
      });
    await fc.assert(
      fc.asyncProperty(fc.array(source, { maxLength: 3 }), async (sources) => {
        const pieces = sources.flat();
        const length = Math.max(0, ...pieces.map((piece) => piece.at + piece.pcm.length));
        const expected = new Array<number>(length).fill(0);
        for (const piece of pieces) {
          piece.pcm.forEach((sample, i) => {
            expected[piece.at + i] = (expected[piece.at + i] ?? 0) + sample;
          });
        }
        expect(await mix(sources)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the place of a chunk', () => {
  const places = async (records: LogRecord[], originMs = 0) =>
    (await gather(placed(from(records), originMs))).map(({ at }) => at);

  it('counts from where the stream begins on the consultation', async () => {
    expect(await places([chunk(0, 1600), chunk(1, 1600)], 250)).toEqual([4000, 5600]);
  });

  it('leaves room for what was lost', async () => {
    expect(
      await places([chunk(0, 1600), { type: 'gap', seq: 1, toSeq: 3 }, chunk(4, 1600)]),
    ).toEqual([0, 6400]);
  });

  it('follows the clock of the client over a muted microphone', async () => {
    expect(await places([chunk(0, 1600, 5000), chunk(1, 1600, 8000)])).toEqual([0, 48_000]);
  });
});
