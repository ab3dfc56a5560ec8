import type { Frame } from './frame-assembler.ts';
import type { Vad } from './ports.ts';

/** The probability of speech in each frame of one stream. */
export class SpeechDetector {
  private readonly vad: Vad;
  private isFresh = true;

  constructor(vad: Vad) {
    this.vad = vad;
  }

  /** What was not heard holds no speech and leaves no memory. */
  async probability(frame: Frame): Promise<number> {
    if (frame.missing) {
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
