import { stripVTControlCharacters } from 'node:util';
import type { TranscriptionEvent } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import type { Reference } from './dialogue.ts';
import { measureInPerson, poolInPerson } from './measure-in-person.ts';
import type { PlayedConsultation } from './play-consultation.ts';
import { inPersonTable } from './print-in-person.ts';

const reference: Reference = {
  id: 'exemplo',
  turns: [
    { speaker: 'MEDICO', start: 0, end: 4, text: 'Onde dói?' },
    { speaker: 'PACIENTE', start: 5, end: 11, text: 'Dói no peito.' },
  ],
  asked_keys: [],
  unasked_keys: [],
};

// The sound began 500 ms after the consultation's zero.
const zeroAtMs = 1_000_000;
const startedAtMs = zeroAtMs + 500;
const condition = { noiseDb: null, gain: 1, reverb: false };

type Label = TranscriptionEvent['speaker'];

function arrived(id: string, speaker: Label, from: number, to: number, change = {}) {
  const event = {
    id,
    speaker,
    startMs: from + 500,
    endMs: to + 500,
    text: 'texto',
    isFinal: true,
    revision: 0,
    ...change,
  } as TranscriptionEvent;
  return { event, atMs: startedAtMs + to + 800 };
}

function aPlay(change: Partial<PlayedConsultation>): PlayedConsultation {
  return {
    consultation: { id: 'c1' } as PlayedConsultation['consultation'],
    engine: 'embedded',
    startedAtMs,
    zeroAtMs,
    speed: 1,
    transcriptions: [],
    suggestions: [],
    leakedToPatient: 0,
    transcript: [],
    pendingSecondsAtEnd: 0,
    reconnections: 0,
    ...change,
  };
}

function aRow(speaker: Label, from: number, to: number, text: string) {
  return { speaker, start_ms: from + 500, end_ms: to + 500, text } as never;
}

const played = aPlay({
  transcriptions: [
    arrived('a', 'UNKNOWN', 0, 2000, { isFinal: false }),
    arrived('a', 'PACIENTE', 0, 4000),
    arrived('b', 'PACIENTE', 5000, 11_000),
    // A label that changed its mind is not the first one.
    arrived('b', 'MEDICO', 5000, 11_000, { revision: 1 }),
  ],
  transcript: [aRow('MEDICO', 5000, 11_000, 'dói no peito'), aRow('PACIENTE', 0, 4000, 'onde foi')],
});

describe('the measures of a consultation in person', () => {
  it('count voices without an enrolled one by the assignment that fits better at the end', () => {
    const report = measureInPerson(played, reference, { enrolled: false, condition });
    expect(report.namesExchanged).toBe(true);
    expect(report.shares.last).toEqual({ right: 1, unknown: 0, heard: 1 });
    expect(report.shares.firstFinal).toEqual({ right: 0.4, unknown: 0, heard: 1 });
    expect(report.shares.firstShown).toEqual({ right: 0, unknown: 0.4, heard: 1 });
  });

  it('count them by name when the doctor’s is enrolled', () => {
    const report = measureInPerson(played, reference, { enrolled: true, condition });
    expect(report.namesExchanged).toBe(false);
    expect(report.shares.last.right).toBe(0);
    expect(report.shares.firstFinal.right).toBe(0.6);
  });

  it('compare all words in the order of time, and lags whatever the label', () => {
    const report = measureInPerson(played, reference, { enrolled: true, condition });
    expect(report.wer).toBeCloseTo(1 / 5);
    expect(report.lagsSeconds).toEqual([0.8, 0.8]);
  });

  it('are pooled over time, and printed', () => {
    const report = measureInPerson(played, reference, { enrolled: false, condition });
    const pooled = poolInPerson([report, report]);
    expect(pooled.shares.firstFinal.right).toBe(0.4);
    const table = stripVTControlCharacters(inPersonTable(pooled));
    for (const cell of ['exemplo *', '100,0 %', '40,0 %', 'todos', '0,80 s / 0,80 s']) {
      expect(table).toContain(cell);
    }
  });
});
