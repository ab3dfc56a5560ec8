import { describe, expect, it } from 'vitest';
import { type SpokenSpan, speakerAccuracy, turnOf } from './speaker-accuracy.ts';

function aSpan(speaker: string, startMs: number, endMs: number, text = 'uma frase'): SpokenSpan {
  return { speaker, startMs, endMs, text };
}

const turns = [aSpan('MEDICO', 1000, 5000), aSpan('PACIENTE', 6000, 9000)];

describe('speaker accuracy', () => {
  it('judges an utterance by the turn that it overlaps most', () => {
    expect(turnOf(aSpan('MEDICO', 4500, 8000), turns)).toBe(turns[1]);
    expect(turnOf(aSpan('MEDICO', 5100, 5900), turns)).toBeNull();
  });

  it('counts utterances and words', () => {
    const result = speakerAccuracy(
      [
        aSpan('MEDICO', 1200, 4900, 'bom dia dona Helena'),
        aSpan('MEDICO', 6100, 8900, 'bom dia'),
        aSpan('UNKNOWN', 6100, 8900, 'sim'),
      ],
      turns,
    );
    expect(result).toEqual({
      utterances: 3,
      rightUtterances: 1,
      words: 7,
      rightWords: 4,
      unmatched: 0,
    });
  });

  it('keeps text where nobody spoke apart', () => {
    expect(speakerAccuracy([aSpan('MEDICO', 20_000, 21_000)], turns)).toMatchObject({
      utterances: 0,
      unmatched: 1,
    });
  });

  it('takes either label where both speak at once', () => {
    const together = [aSpan('MEDICO', 0, 4000), aSpan('PACIENTE', 1000, 3000)];
    expect(speakerAccuracy([aSpan('PACIENTE', 900, 3100)], together)).toMatchObject({
      rightUtterances: 1,
    });
  });
});
