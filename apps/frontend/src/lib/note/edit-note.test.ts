import { describe, expect, it } from 'vitest';
import {
  currentLinks,
  emptyNote,
  emptySections,
  isEmpty,
  toEditable,
  toSave,
  withNewSentence,
  withoutSentence,
  withSentenceAt,
  withText,
} from './edit-note.ts';

const drafted = toEditable({
  subjetivo: [
    { id: 'a', text: 'Nega febre.', origin: 'ai', transcription_ids: ['u1'] },
    { id: 'b', text: 'Tosse há três dias.', origin: 'ai', transcription_ids: ['u2'] },
  ],
  objetivo: [],
  avaliacao: [],
  plano: [],
});

describe('editing a note', () => {
  it('keeps the links of a sentence whose words change', () => {
    const edited = withText(drafted, 'subjetivo', 'a', 'Nega febre e calafrios.');
    expect(toSave(edited).subjetivo[0]).toEqual({
      id: 'a',
      text: 'Nega febre e calafrios.',
      origin: 'ai',
      transcription_ids: ['u1'],
    });
  });

  it('begins a line behind another or at the end, and saves none that is empty', () => {
    const inside = withNewSentence(drafted, 'subjetivo', 'n', 'a');
    expect(inside.subjetivo.map(({ id }) => id)).toEqual(['a', 'n', 'b']);
    expect(withNewSentence(drafted, 'plano', 'n', null).plano).toHaveLength(1);
    expect(toSave(inside).subjetivo.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('takes a sentence back to where it stood', () => {
    const [first] = drafted.subjetivo;
    if (!first) throw new Error('the draft is empty');
    const without = withoutSentence(drafted, 'subjetivo', 'a');
    expect(without.subjetivo.map(({ id }) => id)).toEqual(['b']);
    expect(withSentenceAt(without, 'subjetivo', first, 0)).toEqual(drafted);
  });

  it('is empty without a word, whatever lines were begun', () => {
    expect(isEmpty(withNewSentence(emptyNote, 'plano', 'n', null))).toBe(true);
    expect(isEmpty(drafted)).toBe(false);
  });
});

describe('the utterances behind a sentence', () => {
  it('are those that took the place of merged or corrected ones, each once', () => {
    expect(currentLinks(['u1', 'u2', 'u3'], { u1: 'u9', u2: 'u9' })).toEqual(['u9', 'u3']);
  });
});

describe('what is still empty', () => {
  it('is named in the order of the note; a sentence without words counts as nothing', () => {
    expect(emptySections(drafted)).toEqual(['objetivo', 'avaliacao', 'plano']);
    const begun = withNewSentence(drafted, 'plano', 'c', null);
    expect(emptySections(begun)).toEqual(['objetivo', 'avaliacao', 'plano']);
    expect(emptySections(withText(begun, 'plano', 'c', 'Retorno.'))).toEqual([
      'objetivo',
      'avaliacao',
    ]);
  });
});
