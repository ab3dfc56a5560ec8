import {
  type NoteSentence,
  noteSectionNames,
  type SaveNote,
  saveNote,
} from '@medcall/shared-types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currentUtterances, settleSections } from './settle-sentences.ts';

const uuidOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const drafted = new Map<string, NoteSentence>([
  [
    uuidOf(1),
    {
      id: uuidOf(1),
      text: 'Nega febre.',
      origin: 'ai',
      transcription_ids: [uuidOf(11), uuidOf(12)],
    },
  ],
]);
const current = currentUtterances([
  { id: uuidOf(11), superseded_by: uuidOf(13) },
  { id: uuidOf(12), superseded_by: null },
  { id: uuidOf(13), superseded_by: null },
  { id: uuidOf(14), superseded_by: null },
]);
const settle = (...subjetivo: object[]) =>
  settleSections(saveNote.parse({ sections: { subjetivo } }).sections, { drafted, current })
    .subjetivo;

describe('an edited sentence of the engine', () => {
  test('keeps its origin and its links', () => {
    const [sentence] = settle({
      id: uuidOf(1),
      text: 'Nega febre e calafrios.',
      origin: 'ai',
      transcription_ids: [uuidOf(12)],
    });
    expect(sentence).toMatchObject({ origin: 'ai', transcription_ids: [uuidOf(12)] });
  });

  test('follows an utterance to the row that took its place', () => {
    const [sentence] = settle({
      id: uuidOf(1),
      text: 'Nega febre.',
      origin: 'ai',
      transcription_ids: [uuidOf(11)],
    });
    expect(sentence).toMatchObject({ origin: 'ai', transcription_ids: [uuidOf(13)] });
  });

  test('becomes the doctor’s own when it rests on what the engine did not name', () => {
    const [sentence] = settle({
      id: uuidOf(1),
      text: 'Nega febre.',
      origin: 'ai',
      transcription_ids: [uuidOf(14)],
    });
    expect(sentence).toMatchObject({ origin: 'doctor', transcription_ids: [uuidOf(14)] });
  });

  test('becomes the doctor’s own when the doctor says so', () => {
    const [sentence] = settle({ id: uuidOf(1), text: 'Afebril.', origin: 'doctor' });
    expect(sentence).toMatchObject({ origin: 'doctor', transcription_ids: [] });
  });
});

test('nobody can pass off a sentence as an engine’s', () => {
  const [sentence] = settle({ text: 'Inventada.', origin: 'ai', transcription_ids: [uuidOf(12)] });
  expect(sentence?.origin).toBe('doctor');
});

test('an utterance of another consultation is refused, and so is an id used twice', () => {
  expect(() => settle({ text: 'x', transcription_ids: [uuidOf(99)] })).toThrow();
  expect(() => settle({ id: uuidOf(5), text: 'a' }, { id: uuidOf(5), text: 'b' })).toThrow();
});

test('an AI sentence without an utterance does not pass the border', () => {
  const subjetivo = [{ text: 'x', origin: 'ai', transcription_ids: [] }];
  expect(saveNote.safeParse({ sections: { subjetivo } }).success).toBe(false);
});

test('whatever is sent, what is stored as an engine’s was drafted by it and has links', () => {
  const anId = fc.integer({ min: 1, max: 3 }).map(uuidOf);
  const aLink = fc.constantFrom(uuidOf(11), uuidOf(12), uuidOf(13), uuidOf(14));
  const sentence = fc.record({
    id: anId,
    text: fc.constant('frase'),
    origin: fc.constantFrom('ai' as const, 'doctor' as const),
    transcription_ids: fc.array(aLink, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(sentence, { selector: (s) => s.id }), (subjetivo) => {
      const sections: SaveNote['sections'] = {
        subjetivo,
        objetivo: [],
        avaliacao: [],
        plano: [],
      };
      const settled = settleSections(sections, { drafted, current });
      for (const name of noteSectionNames) {
        for (const stored of settled[name]) {
          if (stored.origin === 'doctor') continue;
          expect(drafted.has(stored.id)).toBe(true);
          expect(stored.transcription_ids.length).toBeGreaterThan(0);
        }
      }
    }),
  );
});
