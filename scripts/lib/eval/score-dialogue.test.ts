import { describe, expect, it } from 'vitest';
import type { UtteranceEvent } from '../../../apps/backend/realtime-service/src/speech/transcriber-events.ts';
import type { Heard } from '../../../bench/speech/play.ts';
import { poolDialogues, reportTable } from './report.ts';
import { scoreDialogue } from './score-dialogue.ts';

const reference = {
  id: 'caso',
  turns: [
    { speaker: 'MEDICO' as const, start: 0, end: 2, text: 'Toma losartana?' },
    {
      speaker: 'PACIENTE' as const,
      start: 3,
      end: 6,
      text: 'Tomo losartana de cinquenta miligramas.',
    },
  ],
  asked_keys: [],
  unasked_keys: [],
};

function final(stream: string, atMs: number, event: Partial<UtteranceEvent>): Heard {
  return {
    stream,
    atMs,
    event: {
      type: 'utterance',
      id: stream,
      revision: 0,
      isFinal: true,
      text: '',
      rawText: '',
      confidence: null,
      engine: 'fake',
      startMs: 0,
      endMs: 0,
      ...event,
    },
  };
}

const heard = [
  final('medico', 2_700, {
    startMs: 0,
    endMs: 2_000,
    text: 'Toma losartana?',
    rawText: 'Toma los artana?',
  }),
  final('paciente', 5_000, { startMs: 3_000, endMs: 4_500, text: 'tomo', id: 'a' }),
  final('paciente', 6_800, { startMs: 4_600, endMs: 5_900, text: 'losa tana 50 mg', id: 'b' }),
  final('paciente', 8_500, {
    startMs: 3_000,
    endMs: 5_900,
    text: 'Tomo losartana de 50 mg',
    id: 'a',
    revision: 1,
    replaces: ['b'],
  }),
];

const score = () =>
  scoreDialogue({
    reference,
    audioSeconds: 8,
    heard,
    turnByTurn: { MEDICO: 'toma losartana', PACIENTE: 'tomo losartana cinquenta' },
    inPerson: [],
    decodeMs: 2_000,
    drugNames: new Set(['losartana']),
  });

describe('the score of a dialogue', () => {
  it('counts the errors of the first finals and of the last revisions', () => {
    const { firstFinal, lastRevision, turnByTurn } = score();
    expect(lastRevision.normalised).toMatchObject({ words: 7, substitutions: 0, deletions: 0 });
    expect(firstFinal.normalised).toMatchObject({ substitutions: 2, deletions: 0 });
    expect(turnByTurn.normalised).toMatchObject({ deletions: 2 });
    // “cinquenta miligramas” and “50 mg” are the same only after the normaliser.
    expect(lastRevision.raw).toMatchObject({ substitutions: 2 });
  });

  it('counts names and doses, and what the vocabulary set right', () => {
    const { lastRevision, uncorrected } = score();
    expect(lastRevision.drugs).toEqual({ said: 2, found: 2 });
    expect(lastRevision.doses).toEqual({ said: 1, found: 1 });
    expect(uncorrected.drugs).toEqual({ said: 2, found: 0 });
  });

  it('measures from the end of a turn to the first final that reaches it, and to the last revision', () => {
    const { firstLags, settledLags } = score();
    expect(firstLags).toEqual([0.7, 0.8]);
    expect(settledLags).toEqual([0.7, 2.5]);
  });

  it('sets both beside the turns decoded alone', () => {
    const figures = score();
    const pooled = poolDialogues([figures]);
    expect(pooled?.ratio).toEqual({ firstFinal: 1, lastRevision: 0 });
    const table = reportTable({
      format: 'medcall-eval/1',
      date: '2026-11-26T00:00:00.000Z',
      engine: 'embedded:fake',
      fingerprints: { normaliser: 'a'.repeat(64), lexicon: 'b'.repeat(64) },
      machine: 'cpu',
      dialogues: [figures],
      nonSpeech: [{ file: 'musica.wav', seconds: 30, words: 2, texts: ['O que?'] }],
      pooled,
    });
    expect(table).toContain('última revisão 0,00 ×');
    expect(table).toContain('musica.wav (30 s): 2 palavras inventadas – O que?');
  });
});
