import { describe, expect, it } from 'vitest';
import type { Question } from '../../types/consultation.ts';
import { emptyBoard, type QuestionBoard, withoutQuestion, withQuestion } from './questions.ts';

function aQuestion(id: string, redFlag = false): Question {
  return {
    id,
    redFlag,
    topic: 'irradiacao',
    question: `pergunta ${id}`,
    rationale: '',
    sources: [],
    triggeredBy: { transcriptionId: null, text: '' },
    engine: 'embedded',
  };
}

function aBoard(...ids: string[]): QuestionBoard {
  return ids.reduce((board, id) => withQuestion(board, aQuestion(id)), emptyBoard);
}

function shape({ shown, queue }: QuestionBoard) {
  return { shown: shown.map(({ id }) => id), queue: queue.map(({ id }) => id) };
}

describe('the board of questions', () => {
  it('shows three and lets the others wait', () => {
    expect(shape(aBoard('a', 'b', 'c', 'd'))).toEqual({ shown: ['a', 'b', 'c'], queue: ['d'] });
  });

  it('fills the place of an answered question at the end, so that the others do not move', () => {
    const board = withoutQuestion(aBoard('a', 'b', 'c', 'd'), 'a');
    expect(shape(board)).toEqual({ shown: ['b', 'c', 'd'], queue: [] });
  });

  it('lets a red flag take a place at once, and gives it back to whom it was taken from first', () => {
    const board = withQuestion(aBoard('a', 'b', 'c', 'd'), aQuestion('alarme', true));
    expect(shape(board)).toEqual({ shown: ['alarme', 'b', 'c'], queue: ['a', 'd'] });
    expect(shape(withoutQuestion(board, 'alarme')).shown).toEqual(['b', 'c', 'a']);
  });

  it('never puts a red flag out of sight for another', () => {
    const full = ['x', 'y', 'z'].reduce(
      (board, id) => withQuestion(board, aQuestion(id, true)),
      emptyBoard,
    );
    const board = withQuestion(full, aQuestion('w', true));
    expect(shape(board)).toEqual({ shown: ['x', 'y', 'z'], queue: ['w'] });
  });

  it('takes the same question twice as one', () => {
    const board = withQuestion(aBoard('a', 'b'), aQuestion('a'));
    expect(shape(board)).toEqual({ shown: ['a', 'b'], queue: [] });
  });
});
