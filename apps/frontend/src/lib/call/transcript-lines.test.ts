import type { TranscriptionEvent, TranscriptUtterance } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import type { TranscriptLine } from '../../types/consultation.ts';
import { standsFor, withStored, withUtterance } from './transcript-lines.ts';

function anEvent(over: Partial<TranscriptionEvent> = {}): TranscriptionEvent {
  return {
    id: 'a',
    roomId: 'sala-1234',
    participantId: 'p',
    speaker: 'PACIENTE',
    text: 'Dura uns cinco',
    startMs: 1000,
    endMs: 2000,
    timestamp: '2026-11-23T12:00:00Z',
    isFinal: false,
    revision: 0,
    confidence: null,
    ...over,
  };
}

function after(...events: TranscriptionEvent[]): TranscriptLine[] {
  return events.reduce<TranscriptLine[]>(withUtterance, []);
}

function texts(lines: readonly TranscriptLine[]): string[] {
  return lines.map(({ text }) => text);
}

describe('withUtterance', () => {
  it('lets the partials of one utterance grow into its final', () => {
    const lines = after(
      anEvent({ text: 'Dura' }),
      anEvent({ text: 'Dura uns' }),
      anEvent({ text: 'Dura uns cinco minutos.', isFinal: true }),
    );
    expect(lines).toMatchObject([{ text: 'Dura uns cinco minutos.', isFinal: true }]);
  });

  it('never goes back from a final to a late partial, nor to an older revision', () => {
    const lines = after(
      anEvent({ text: 'final', isFinal: true, revision: 1 }),
      anEvent({ text: 'partial', revision: 0 }),
      anEvent({ text: 'older final', isFinal: true, revision: 0 }),
    );
    expect(texts(lines)).toEqual(['final']);
  });

  it('takes a better text for the same utterance', () => {
    const lines = after(
      anEvent({ text: 'los artana', isFinal: true }),
      anEvent({ text: 'losartana', isFinal: true, revision: 1 }),
    );
    expect(texts(lines)).toEqual(['losartana']);
  });

  it('finds in a merged row those whose place it took, also after a better text and a second merge', () => {
    const lines = after(
      anEvent({ id: 'a', text: 'é um', isFinal: true }),
      anEvent({ id: 'b', text: 'aperto', startMs: 2000, isFinal: true }),
      anEvent({ id: 'c', text: 'É um aperto', isFinal: true, replaces: ['a', 'b'] }),
      anEvent({ id: 'c', text: 'É um aperto.', isFinal: true, revision: 1 }),
      anEvent({ id: 'd', text: 'É um aperto, assim.', isFinal: true, replaces: ['c'] }),
    );
    expect(lines.map((line) => standsFor(line, 'a'))).toEqual([true]);
    expect(lines.map((line) => standsFor(line, 'c'))).toEqual([true]);
    expect(lines.map((line) => standsFor(line, 'z'))).toEqual([false]);
  });

  it('puts merged rows away', () => {
    const lines = after(
      anEvent({ id: 'a', text: 'é um', isFinal: true }),
      anEvent({ id: 'b', text: 'aperto', isFinal: true, startMs: 2100 }),
      anEvent({ id: 'c', text: 'É um aperto.', isFinal: true, replaces: ['a', 'b'] }),
    );
    expect(texts(lines)).toEqual(['É um aperto.']);
  });

  it('keeps the order of time when a final comes late', () => {
    const lines = after(
      anEvent({ id: 'b', text: 'segundo', startMs: 3000 }),
      anEvent({ id: 'c', text: 'terceiro', startMs: 5000 }),
      anEvent({ id: 'a', text: 'primeiro', startMs: 1000 }),
    );
    expect(texts(lines)).toEqual(['primeiro', 'segundo', 'terceiro']);
  });

  it('takes away a partial of which nothing was left', () => {
    expect(after(anEvent(), anEvent({ text: '', isFinal: true }))).toEqual([]);
  });
});

describe('withStored', () => {
  it('fills in the beginning and keeps what is newer on the screen', () => {
    const row = (id: string, text: string, start_ms: number): TranscriptUtterance => ({
      id,
      room_id: 'sala-1234',
      participant_id: null,
      speaker: 'MEDICO',
      text,
      raw_text: null,
      start_ms,
      end_ms: start_ms + 500,
      timestamp: '2026-11-23T12:00:00Z',
      confidence: null,
      engine: null,
      revision: 0,
    });
    const live = after(
      anEvent({ id: 'b', text: 'melhor', isFinal: true, revision: 1, startMs: 2000 }),
      anEvent({ id: 'c', text: 'parcial', startMs: 3000 }),
    );
    const lines = withStored(live, [row('a', 'antes', 1000), row('b', 'pior', 2000)]);
    expect(texts(lines)).toEqual(['antes', 'melhor', 'parcial']);
  });
});
