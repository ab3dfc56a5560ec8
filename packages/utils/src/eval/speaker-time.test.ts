import { describe, expect, it } from 'vitest';
import { exchanged, sharesOf, speakerTime, sumOfTimes } from './speaker-time.ts';

const span = (speaker: string, startMs: number, endMs: number) => ({ speaker, startMs, endMs });
const turns = [span('MEDICO', 0, 4000), span('PACIENTE', 5000, 11_000)];

describe('time labelled with its speaker', () => {
  it('counts what lies inside the turns, by label', () => {
    const labels = [
      span('MEDICO', -500, 3000),
      span('MEDICO', 4200, 6000),
      span('UNKNOWN', 6000, 7000),
      span('PACIENTE', 7000, 11_500),
    ];
    const time = speakerTime(labels, turns);
    expect(time).toEqual({ rightMs: 7000, swappedMs: 1000, unknownMs: 1000, unlabelledMs: 1000 });
    expect(sharesOf(time)).toEqual({ right: 7 / 9, unknown: 1 / 9, heard: 0.9 });
  });

  it('exchanges the names, not what is unknown', () => {
    const time = { rightMs: 1, swappedMs: 2, unknownMs: 3, unlabelledMs: 4 };
    expect(exchanged(time)).toEqual({ rightMs: 2, swappedMs: 1, unknownMs: 3, unlabelledMs: 4 });
    expect(sumOfTimes([time, exchanged(time)])).toEqual({
      rightMs: 3,
      swappedMs: 3,
      unknownMs: 6,
      unlabelledMs: 8,
    });
  });

  it('says nothing of nothing', () => {
    expect(sharesOf(speakerTime([], []))).toEqual({ right: null, unknown: null, heard: null });
    expect(sharesOf(speakerTime([], turns))).toEqual({ right: null, unknown: null, heard: 0 });
  });
});
