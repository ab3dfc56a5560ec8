import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, FrameAssembler } from './frame-assembler.ts';

/** Samples that tell their own position. */
function ramp(from: number, to: number): Int16Array {
  return Int16Array.from({ length: to - from }, (_, i) => ((from + i) % 30_000) + 1);
}

/** All frames of a stream that comes in chunks ending at `cuts`. */
function framesOf(length: number, cuts: readonly number[]): Frame[] {
  const assembler = new FrameAssembler();
  const edges = [0, ...cuts.map((cut) => cut % (length + 1)).sort((a, b) => a - b), length];
  const frames = edges
    .slice(1)
    .flatMap((to, i) => [...assembler.feed(ramp(edges[i] as number, to), edges[i] as number)]);
  return [...frames, ...assembler.flush()];
}

describe('frames of a stream', () => {
  it('do not depend on the sizes of the chunks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(fc.nat()), (length, cuts) => {
        expect(framesOf(length, cuts)).toEqual(framesOf(length, []));
      }),
    );
  });

  it('hold silence where nothing was heard, and say so when they hold nothing else', () => {
    const assembler = new FrameAssembler();
    const frames = [
      ...assembler.feed(ramp(0, 600), 0),
      ...assembler.feed(ramp(1_600, 2_048), 1_600),
    ];
    expect(frames.map((frame) => [frame.startSample, frame.missing])).toEqual([
      [0, false],
      [512, false],
      [1_024, true],
      [1_536, false],
    ]);
    expect(frames[1]?.pcm[87]).toBeCloseTo(600 / 32_768);
    expect(frames[1]?.pcm[88]).toBe(0);
    expect(frames[3]?.pcm[63]).toBe(0);
    expect(frames[3]?.pcm[64]).toBeCloseTo(1_601 / 32_768);
  });

  it('take what comes twice once: the first wins', () => {
    const assembler = new FrameAssembler();
    const first = [...assembler.feed(ramp(0, 400), 0)];
    const again = [...assembler.feed(new Int16Array(512), 0)];
    expect(first).toEqual([]);
    expect(again).toHaveLength(1);
    expect(again[0]?.pcm[399]).toBeCloseTo(400 / 32_768);
    expect(again[0]?.pcm[400]).toBe(0);
    expect([...assembler.feed(ramp(0, 512), 0)]).toEqual([]);
  });

  it('lie on the same grid when the stream is taken up in its middle', () => {
    const assembler = new FrameAssembler(700);
    const [first] = [...assembler.feed(ramp(700, 1_100), 700)];
    expect(first?.startSample).toBe(512);
    expect(first?.pcm[187]).toBe(0);
    expect(first?.pcm[188]).toBeCloseTo(701 / 32_768);
  });
});
