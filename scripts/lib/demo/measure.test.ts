import type { SuggestionEvent, TranscriptionEvent } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import type { Reference } from './dialogue.ts';
import { lagsOf, measure, pool, turnsOf } from './measure.ts';
import type { PlayedConsultation } from './play-consultation.ts';

const reference: Reference = {
  id: 'exemplo',
  turns: [
    { speaker: 'MEDICO', start: 1, end: 3, text: 'O que a senhora sente?' },
    { speaker: 'PACIENTE', start: 4, end: 8, text: 'Tomo 50 mg. Sinto dor no peito.' },
  ],
  asked_keys: ['sintomas_associados'],
  unasked_keys: ['alergias'],
};

// The sound began 500 ms after the consultation's zero.
const zeroAtMs = 1_000_000;
const startedAtMs = zeroAtMs + 500;

function anEvent(change: Partial<TranscriptionEvent>): TranscriptionEvent {
  return {
    id: 'u1',
    roomId: 'room-0001',
    participantId: 'p',
    speaker: 'MEDICO',
    text: 'o que a senhora sente',
    startMs: 1500,
    endMs: 3500,
    timestamp: '2026-01-01T00:00:00Z',
    isFinal: true,
    revision: 0,
    confidence: null,
    ...change,
  };
}

function aPlay(change: Partial<PlayedConsultation> = {}): PlayedConsultation {
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

function aRow(
  speaker: 'MEDICO' | 'PACIENTE' | 'UNKNOWN',
  start: number,
  end: number,
  text: string,
) {
  return { speaker, start_ms: start + 500, end_ms: end + 500, text } as never;
}

function aQuestion(topic: string) {
  return { atMs: 0, event: { topic, question: '?', sources: [{}] } as SuggestionEvent };
}

describe('the measures of a demonstration', () => {
  it('compares each speaker’s words, figures and units in one form', () => {
    const report = measure(
      aPlay({
        transcript: [
          aRow('PACIENTE', 4000, 8000, 'tomo cinquenta miligramas sinto dor no peito'),
          aRow('MEDICO', 1000, 3000, 'o que a senhora tem'),
        ],
      }),
      reference,
      9000,
    );
    expect(report.bySpeaker.map((one) => one.wer)).toEqual([0.2, 0]);
    expect(report.wer).toBeCloseTo(1 / 12);
    expect(report.speakers).toMatchObject({ utterances: 2, rightUtterances: 2 });
  });

  it('counts words under the wrong name against both', () => {
    const report = measure(
      aPlay({ transcript: [aRow('PACIENTE', 1000, 3000, 'o que a senhora sente')] }),
      reference,
      9000,
    );
    expect(report.bySpeaker[0]?.wer).toBe(1);
    expect(report.speakers.rightUtterances).toBe(0);
  });

  it('counts words under no name as inserted', () => {
    const report = measure(
      aPlay({ transcript: [aRow('UNKNOWN', 4000, 8000, 'sim senhora')] }),
      reference,
      9000,
    );
    expect(report.wordErrors).toMatchObject({ insertions: 2, deletions: 12 });
  });

  it('takes the turn’s end for the end of speech when the utterance closes the turn', () => {
    const played = aPlay({
      transcriptions: [{ event: anEvent({ endMs: 3900 }), atMs: startedAtMs + 3000 + 800 }],
    });
    expect(lagsOf(played, turnsOf(reference)).first).toEqual([0.8]);
  });

  it('takes the utterance’s own end when it was cut inside the turn', () => {
    const inside = anEvent({ speaker: 'PACIENTE', startMs: 4500, endMs: 5700 });
    const played = aPlay({ transcriptions: [{ event: inside, atMs: startedAtMs + 6200 }] });
    expect(lagsOf(played, turnsOf(reference)).first[0]).toBeCloseTo(1);
  });

  it('keeps the first text apart from its revisions, and leaves partials and mergers out', () => {
    const at = (ms: number) => startedAtMs + 3000 + ms;
    const played = aPlay({
      transcriptions: [
        { event: anEvent({ isFinal: false }), atMs: at(100) },
        { event: anEvent({}), atMs: at(700) },
        { event: anEvent({ revision: 1 }), atMs: at(2000) },
        { event: anEvent({ id: 'u2', replaces: ['u1'] }), atMs: at(4000) },
      ],
    });
    expect(lagsOf(played, turnsOf(reference))).toEqual({ first: [0.7], settled: [2] });
  });

  it('counts lag from when the sound was sent, at any speed', () => {
    const played = aPlay({
      speed: 2,
      transcriptions: [{ event: anEvent({}), atMs: startedAtMs + 1500 + 600 }],
    });
    expect(lagsOf(played, turnsOf(reference)).first[0]).toBeCloseTo(0.6);
  });

  it('tells questions on what the doctor left out from those already asked', () => {
    const report = measure(
      aPlay({ suggestions: ['alergias', 'sintomas_associados', 'sono'].map(aQuestion) }),
      reference,
      9000,
    );
    expect(report.questions.map((question) => question.pertinence)).toEqual([
      'unasked',
      'asked',
      'other',
    ]);
  });

  it('pools by words and by utterances', () => {
    const good = measure(
      aPlay({ transcript: [aRow('MEDICO', 1000, 3000, 'o que a senhora sente')] }),
      reference,
      9000,
    );
    const pooled = pool([good, good], [0.5, 1.5]);
    expect(pooled.wordErrors.words).toBe(24);
    expect(pooled.wer).toBe(good.wer);
    expect(pooled.rightSpeakerShare).toBe(1);
    expect(pooled.lag).toMatchObject({ count: 2, medianSeconds: 0.5, p95Seconds: 1.5 });
  });

  it('has no figures, and no error, for a consultation in which nothing was heard', () => {
    const report = measure(aPlay(), reference, 9000);
    expect(report).toMatchObject({ wer: 1, lag: null, realTimeFactor: null, utterances: 0 });
  });
});
