import { describe, expect, it } from 'vitest';
import { MuteGate } from './mute-gate.ts';

const loud = new Int16Array(1600).fill(900).buffer;

describe('a muted microphone', () => {
  it('sends silence until the last sentence is over, then nothing, and never what was said', () => {
    const gate = new MuteGate();
    expect(gate.pass(loud, false)).toBe(loud);
    const sent = Array.from({ length: 40 }, () => gate.pass(loud, true));
    const chunks = sent.filter((chunk) => chunk !== null);
    expect(chunks).toHaveLength(15);
    expect(chunks.every((chunk) => new Int16Array(chunk).every((sample) => sample === 0))).toBe(
      true,
    );
    expect(gate.pass(loud, false)).toBe(loud);
    expect(gate.pass(loud, true)).not.toBeNull();
  });
});
