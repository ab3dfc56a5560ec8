import { toFloat } from './pcm.ts';
import type { Pcm } from './ports.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

/** One frame of the stream's grid: frame k covers the samples from k × 512 on. */
export interface Frame {
  readonly startSample: number;
  readonly pcm: Float32Array;
  /** Nothing was heard in all of it: a gap, or a microphone that sent nothing. */
  readonly missing: boolean;
}

/**
 * Cuts a stream into frames on a fixed grid, whatever the sizes of the chunks in which it came.
 * What is missing between two chunks is silence; what comes twice is taken once.
 */
export class FrameAssembler {
  private next: number;
  private frame = new Float32Array(VAD_FRAME_SAMPLES);
  /** Samples of the current frame that were really heard. */
  private heard = 0;

  /** @param startSample where the stream begins, or where it is taken up again. */
  constructor(startSample = 0) {
    this.next = startSample;
  }

  /** Position after the last sample that was taken in. */
  get position(): number {
    return this.next;
  }

  *feed(pcm: Pcm, positionSamples: number): Generator<Frame> {
    yield* this.skipTo(positionSamples);
    const fresh = this.next - positionSamples;
    if (fresh >= pcm.length) return;
    const samples = toFloat(pcm).subarray(fresh);
    let taken = 0;
    while (taken < samples.length) {
      const offset = this.next % VAD_FRAME_SAMPLES;
      const part = samples.subarray(taken, taken + VAD_FRAME_SAMPLES - offset);
      this.frame.set(part, offset);
      this.heard += part.length;
      taken += part.length;
      yield* this.advance(part.length);
    }
  }

  /** Silence up to a position; nothing when it lies behind. */
  *skipTo(positionSamples: number): Generator<Frame> {
    while (this.next < positionSamples) {
      const offset = this.next % VAD_FRAME_SAMPLES;
      yield* this.advance(Math.min(VAD_FRAME_SAMPLES - offset, positionSamples - this.next));
    }
  }

  /** Fills the frame that is begun with silence. */
  *flush(): Generator<Frame> {
    const offset = this.next % VAD_FRAME_SAMPLES;
    if (offset > 0) yield* this.skipTo(this.next + VAD_FRAME_SAMPLES - offset);
  }

  private *advance(samples: number): Generator<Frame> {
    this.next += samples;
    if (this.next % VAD_FRAME_SAMPLES !== 0) return;
    const frame = {
      startSample: this.next - VAD_FRAME_SAMPLES,
      pcm: this.frame,
      missing: this.heard === 0,
    };
    this.frame = new Float32Array(VAD_FRAME_SAMPLES);
    this.heard = 0;
    yield frame;
  }
}
