import { describe, expect, it } from 'vitest';
import { qualityOf, SteadyQuality, sampleOf } from './network-quality.ts';

const none = { received: 0, lost: 0 };

describe('network quality', () => {
  it('counts losses since the last look, in both directions', () => {
    const report = [
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 1_090, packetsLost: 10 },
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 2_000, packetsLost: -1 },
      { type: 'remote-inbound-rtp', fractionLost: 0.03 },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.2 },
    ];
    const { sample, counts } = sampleOf(report, { received: 3_000, lost: 0 });
    expect(sample).toEqual({ roundTripMs: 200, lossIn: 0.1, lossOut: 0.03 });
    expect(counts).toEqual({ received: 3_090, lost: 10 });
  });

  it('says nothing bad of a line that has not been measured', () => {
    expect(qualityOf(sampleOf([], none).sample)).toBe('good');
  });

  it.each([
    [{ roundTripMs: 80, lossIn: 0, lossOut: 0.01 }, 'good'],
    [{ roundTripMs: 350, lossIn: 0, lossOut: 0 }, 'fair'],
    [{ roundTripMs: 80, lossIn: 0.03, lossOut: 0 }, 'fair'],
    [{ roundTripMs: 80, lossIn: 0, lossOut: 0.1 }, 'poor'],
    [{ roundTripMs: 900, lossIn: 0, lossOut: 0 }, 'poor'],
  ] as const)('%j is %s', (sample, quality) => {
    expect(qualityOf(sample)).toBe(quality);
  });

  it('changes its word only when two looks agree', () => {
    const steady = new SteadyQuality();
    const looks = ['good', 'poor', 'good', 'poor', 'poor', 'good', 'good'] as const;
    expect(looks.map((look) => steady.next(look))).toEqual([
      'good',
      'good',
      'good',
      'good',
      'poor',
      'poor',
      'good',
    ]);
  });
});
