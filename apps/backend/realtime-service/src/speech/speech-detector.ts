import type { Frame } from './frame-assembler.ts';
import type { Vad } from './ports.ts';

/** The probability of speech in each frame of one stream, from a sample on. */
export class SpeechDetector {
  private readonly vad: Vad;
  private readonly startSample: number;
  private isFresh = true;

  constructor(vad: Vad, startSample: number) {
    this.vad = vad;
    this.startSample = startSample;
  }

  /** What was not heard, or is text already, holds no speech and leaves no memory. */
  async probability(frame: Frame): Promise<number> {
    if (frame.missing || frame.startSample < this.startSample) {
      if (!this.isFresh) this.reset();
      return 0;
    }
    this.isFresh = false;
    return this.vad.probability(frame.pcm);
  }

  reset(): void {
    this.vad.reset();
    this.isFresh = true;
  }
}
