import type { Question } from '../../types/consultation.ts';

/** More than three and the doctor reads instead of listening. */
export const maxShown = 3;

export interface QuestionBoard {
  /** On the screen, in the order in which they took their place: nothing moves under the pointer. */
  shown: readonly Question[];
  /** Waiting for a place. */
  queue: readonly Question[];
}

export const emptyBoard: QuestionBoard = { shown: [], queue: [] };

/**
 * A new question takes a free place or waits. A red flag does not wait: it takes the place of the
 * oldest ordinary question, which goes back to the queue.
 */
export function withQuestion(board: QuestionBoard, question: Question): QuestionBoard {
  const replace = (list: readonly Question[]) =>
    list.map((known) => (known.id === question.id ? question : known));
  if ([...board.shown, ...board.queue].some(({ id }) => id === question.id)) {
    return { shown: replace(board.shown), queue: replace(board.queue) };
  }
  if (board.shown.length < maxShown) return { ...board, shown: [...board.shown, question] };
  const victim = question.redFlag ? board.shown.find(({ redFlag }) => !redFlag) : undefined;
  if (victim) {
    return {
      shown: board.shown.map((known) => (known.id === victim.id ? question : known)),
      queue: [victim, ...board.queue],
    };
  }
  return { ...board, queue: [...board.queue, question] };
}

/** A used or dismissed question goes; the next in line takes the free place at the end, red flags first. */
export function withoutQuestion(board: QuestionBoard, id: string): QuestionBoard {
  const shown = board.shown.filter((question) => question.id !== id);
  const queue = board.queue.filter((question) => question.id !== id);
  if (shown.length === board.shown.length || shown.length >= maxShown) return { shown, queue };
  const next = queue.find(({ redFlag }) => redFlag) ?? queue[0];
  if (!next) return { shown, queue };
  return { shown: [...shown, next], queue: queue.filter(({ id: waiting }) => waiting !== next.id) };
}
