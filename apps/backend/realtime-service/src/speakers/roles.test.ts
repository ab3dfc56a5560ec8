import { describe, expect, it } from 'vitest';
import { evidenceByClicks, pinOf } from './correction.ts';
import type { VoiceModel } from './online-clustering.ts';
import { doctorsVoice, evidenceByVoice } from './roles.ts';

const USUAL = Float32Array.of(1, 1);
const model = (a: number[] | null, b: number[] | null): VoiceModel => ({
  scale: Float64Array.of(1, 1),
  centres: { A: a && Float64Array.from(a), B: b && Float64Array.from(b) },
});

describe('who of two voices is the doctor', () => {
  it('is the one nearer to the enrolled voice', () => {
    expect(evidenceByVoice(model([0, 0], [4, 4]), [[0.5, 0]], USUAL)).toBeGreaterThan(3);
    expect(evidenceByVoice(model([0, 0], [4, 4]), [[4, 3]], USUAL)).toBeLessThan(-3);
  });

  it('counts alike when noise has shrunk all distances', () => {
    const clear = evidenceByVoice(model([0, 0], [4, 4]), [[1, 1]], USUAL);
    const noisy = evidenceByVoice(model([0, 0], [0.4, 0.4]), [[0.1, 0.1]], USUAL);
    expect(noisy).toBeCloseTo(clear, 6);
  });

  it('is judged by the copy of the enrolled voice that fits the room', () => {
    const copies = [
      [20, 20],
      [4, 3.8],
    ];
    expect(evidenceByVoice(model([0, 0], [4, 4]), copies, USUAL)).toBeLessThan(-3);
  });

  it('stays a weak guess while only one voice was heard', () => {
    expect(Math.abs(evidenceByVoice(model([0, 0], null), [[90, 90]], USUAL))).toBeLessThan(2);
  });

  it('adds up what was said, no sentence and no talk without limit', () => {
    expect(doctorsVoice(0, [{ voice: 'A', odds: 9 }]).odds).toBeLessThan(1.5);
    expect(doctorsVoice(0, Array(50).fill({ voice: 'B', odds: 9 }))).toEqual({
      doctor: 'B',
      odds: -4,
    });
    expect(doctorsVoice(0, [{ voice: null, odds: 9 }]).odds).toBe(0);
  });

  it('is not renamed by a hint, and not named back by one', () => {
    const hint = { voice: 'A', odds: -0.6 } as const;
    expect(doctorsVoice(0, [hint]).doctor).toBe('A');
    const clear = { voice: 'B', odds: 1.2 } as const;
    expect(doctorsVoice(0, [clear, hint]).doctor).toBe('B');
    expect(doctorsVoice(0, [clear, { voice: 'A', odds: 1.5 }]).doctor).toBe('B');
  });

  it('is told by clicks, two of which outweigh an enrolled voice', () => {
    const heard = () => 'A' as const;
    const clicks = [
      { id: '1', label: 'PACIENTE' as const },
      { id: '2', label: 'PACIENTE' as const },
    ];
    const most = evidenceByVoice(model([0, 0], [4, 4]), [[0, 0]], USUAL);
    expect(evidenceByClicks(clicks.slice(0, 1), heard) + most).toBeGreaterThan(0);
    expect(evidenceByClicks(clicks, heard) + most).toBeLessThan(0);
  });

  it('pins a label to its voice', () => {
    expect(pinOf('MEDICO', 'B')).toBe('B');
    expect(pinOf('PACIENTE', 'B')).toBe('A');
    expect(pinOf('UNKNOWN', 'B')).toBeNull();
  });
});
