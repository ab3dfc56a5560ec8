import { stripVTControlCharacters } from 'node:util';
import type { SuggestionEvent, TranscriptionEvent } from '@medcall/shared-types';
import { noWordErrors } from '@medcall/utils/eval/word-errors';
import { describe, expect, it } from 'vitest';
import type { DialogueReport } from './measure.ts';
import { closingTable, questionLine, utteranceLine } from './print.ts';

const report: DialogueReport = {
  dialogue: 'exemplo',
  consultationId: 'c1',
  engine: 'embedded',
  speed: 1,
  audioSeconds: 60,
  utterances: 4,
  wer: 0.105,
  wordErrors: noWordErrors,
  bySpeaker: [
    { speaker: 'MEDICO', wer: 0.05, wordErrors: noWordErrors },
    { speaker: 'PACIENTE', wer: null, wordErrors: noWordErrors },
  ],
  speakers: { utterances: 4, rightUtterances: 3, words: 20, rightWords: 15, unmatched: 0 },
  lag: { count: 4, medianSeconds: 0.8, p95Seconds: 1.57, maxSeconds: 1.57 },
  settledLag: null,
  questions: [{ topic: 'alergias', question: '?', pertinence: 'unasked', sources: 1 }],
  realTimeFactor: 1.02,
  pendingSecondsAtEnd: 0,
  reconnections: 0,
  leakedToPatient: 0,
};
const pooled = {
  wer: 0.105,
  wordErrors: noWordErrors,
  rightSpeakerShare: 0.75,
  lag: null,
  questions: 1,
  dialogues: [report],
};

describe('what the demonstration prints', () => {
  it('shows figures as Brazilians write them, and a dash for what was not measured', () => {
    const table = closingTable(pooled);
    for (const cell of ['10,5 %', '5,0 %', '75,0 %', '0,80 s / 1,57 s', '1 (1 / 0 / 0)', '–']) {
      expect(table).toContain(cell);
    }
    expect(table).not.toContain('todos');
  });

  it('adds the sum of several dialogues', () => {
    const table = closingTable({ ...pooled, dialogues: [report, report] });
    expect(table).toContain('todos');
  });

  it('shows an utterance with its time and who said it', () => {
    const event = {
      speaker: 'PACIENTE',
      startMs: 61_500,
      text: 'Dói aqui.',
      revision: 1,
    } as TranscriptionEvent;
    expect(stripVTControlCharacters(utteranceLine(event))).toBe(
      '01:01  Paciente  Dói aqui. (revisto)',
    );
  });

  it('shows a question with its topic, utterance and source', () => {
    const event = {
      topic: 'alergias',
      question: 'Tem alergia?',
      triggeredBy: { transcriptionId: null, text: 'tomei dipirona' },
      sources: [{ title: 'Dor', section: 'História', source: 'MS', year: 2021 }],
    } as SuggestionEvent;
    const line = stripVTControlCharacters(questionLine(event));
    expect(line).toContain('[Alergias] Tem alergia?');
    expect(line).toContain('“tomei dipirona” · Dor, História (MS, 2021)');
  });
});
