import type { Frame } from './frame-assembler.ts';
import { VAD_FRAME_SAMPLES } from './vad.ts';

/** The last stretch of a stream, so that a whole turn can be decoded again with its pauses. */
export class RecentAudio {
  private frames: Frame[] = [];

  push(frame: Frame): void {
    this.frames.push(frame);
  }

  /** Forgets what ends before a position. */
  dropBefore(sample: number): void {
    const keep = this.frames.findIndex((f) => f.startSample + VAD_FRAME_SAMPLES > sample);
    if (keep !== 0) this.frames = keep < 0 ? [] : this.frames.slice(keep);
  }

  /** Replaces stretches by silence. Frames are shared with others and stay as they are. */
  silence(spans: readonly { readonly from: number; readonly to: number }[]): void {
    for (const { from, to } of spans) {
      this.frames = this.frames.map((frame) =>
        frame.startSample >= from && frame.startSample < to
          ? { ...frame, pcm: new Float32Array(VAD_FRAME_SAMPLES) }
          : frame,
      );
    }
  }

  slice(startSample: number, endSample: number): Float32Array {
    const pcm = new Float32Array(endSample - startSample);
    for (const frame of this.frames) {
      const offset = frame.startSample - startSample;
      if (offset <= -VAD_FRAME_SAMPLES || offset >= pcm.length) continue;
      const from = Math.max(0, -offset);
      const to = Math.min(VAD_FRAME_SAMPLES, pcm.length - offset);
      pcm.set(frame.pcm.subarray(from, to), offset + from);
    }
    return pcm;
  }
}
