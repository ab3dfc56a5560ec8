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
    let { heard, loudest } = this;
    for (let i = 0; i < pcm.length; i++) {
      const loud = Math.abs(pcm[i] ?? 0);
      if (loud > loudest) loudest = loud;
      heard += 1;
      if (heard % samplesPerPeak === 0) {
        this.peaks.push(peakOf(loudest));
        loudest = 0;
      }
    }
    this.heard = heard;
    this.loudest = loudest;
  }

  /** Length so far, in ms. */
  get durationMs(): number {
    return Math.round((this.heard * 1000) / sampleRate);
  }

  finish(): Waveform {
    const rest = this.heard % samplesPerPeak === 0 ? [] : [peakOf(this.loudest)];
    return {
      version: 1,
      perSecond,
      durationMs: this.durationMs,
      peaks: [...this.peaks, ...rest],
    };
  }
}

function peakOf(loudest: number): number {
  return Math.round((loudest * 100) / 32_768);
}
