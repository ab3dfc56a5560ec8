import { describe, expect, it } from 'vitest';
import type { Labelled } from '../../../bench/speech/room.ts';
import { labelTimes } from './in-person.ts';

const turns = [
  { speaker: 'MEDICO', startMs: 0, endMs: 4_000 },
  { speaker: 'PACIENTE', startMs: 5_000, endMs: 7_000 },
];

function aText(id: string, speaker: string, isFinal: boolean, place: [number, number]): Labelled {
  const [startMs, endMs] = place;
  return {
    type: 'utterance',
    atMs: place[1],
    id,
    speaker,
    isFinal,
    startMs,
    endMs,
    revision: 0,
    text: id,
    rawText: id,
    confidence: null,
    engine: 'test',
  };
}

/** The first sentence is nobody's at first, the second the other person's until the end. */
const given = [
  aText('a', 'UNKNOWN', false, [0, 1_000]),
  aText('a', 'MEDICO', true, [0, 4_000]),
  aText('b', 'MEDICO', true, [5_000, 7_000]),
];

describe('labels of one microphone', () => {
  it('count at three moments, a first label over the time of its final', () => {
    const rows = [
      { speaker: 'MEDICO', startMs: 0, endMs: 4_000 },
      { speaker: 'PACIENTE', startMs: 5_000, endMs: 7_000 },
    ];
    expect(labelTimes(given, rows, turns, { exchanges: true })).toMatchObject({
      last: { rightMs: 6_000, swappedMs: 0 },
      firstFinal: { rightMs: 4_000, swappedMs: 2_000 },
      firstShown: { unknownMs: 4_000, swappedMs: 2_000 },
    });
  });

  it('have their names exchanged for the whole dialogue where that fits better', () => {
    const rows = [
      { speaker: 'PACIENTE', startMs: 0, endMs: 4_000 },
      { speaker: 'MEDICO', startMs: 5_000, endMs: 7_000 },
    ];
    expect(labelTimes(given, rows, turns, { exchanges: true })).toMatchObject({
      last: { rightMs: 6_000, swappedMs: 0 },
      firstFinal: { rightMs: 2_000, swappedMs: 4_000 },
    });
  });
});
