import type { Waveform } from '@medcall/shared-types';
import { sampleRate } from './timeline.ts';

const perSecond = 10;
const samplesPerPeak = sampleRate / perSecond;

/** Listens to a recording while it is made. */
export class WaveformMeter {
  private readonly peaks: number[] = [];
  private loudest = 0;
  private heard = 0;

  add(pcm: Int16Array): void {
    for (const sample of pcm) {
      this.loudest = Math.max(this.loudest, Math.abs(sample));
      this.heard += 1;
      if (this.heard % samplesPerPeak === 0) this.close();
    }
  }

  /** Length so far, in ms. */
  get durationMs(): number {
    return Math.round((this.heard * 1000) / sampleRate);
  }

  finish(): Waveform {
    if (this.heard % samplesPerPeak !== 0) this.close();
    return { version: 1, perSecond, durationMs: this.durationMs, peaks: this.peaks };
  }

  private close(): void {
    this.peaks.push(Math.round((this.loudest * 100) / 32_768));
    this.loudest = 0;
  }
}
