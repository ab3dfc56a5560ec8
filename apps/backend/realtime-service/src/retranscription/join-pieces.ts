import type { HeardUtterance } from './heard-again.ts';

/**
 * The pieces of a turn, in order of time, as the one utterance that the turn has been until now: whoever
 * points at it finds all its words.
 * @param turn the piece whose id the turn has
 */
export function joinPieces(
  turn: HeardUtterance,
  pieces: readonly HeardUtterance[],
): HeardUtterance {
  const confidences = pieces.map(({ event }) => event.confidence);
  return {
    ...turn,
    event: {
      ...turn.event,
      text: pieces.map(({ event }) => event.text).join(' '),
      startMs: Math.min(...pieces.map(({ event }) => event.startMs)),
      endMs: Math.max(...pieces.map(({ event }) => event.endMs)),
      // No surer than what it is least sure of.
      confidence:
        confidences.reduce((least, one) =>
          least === null || one === null ? null : Math.min(least, one),
        ) ?? null,
    },
    rawText: pieces.map(({ rawText }) => rawText).join(' '),
    textRevision: Math.max(...pieces.map(({ textRevision }) => textRevision)),
    replaces: [...new Set(pieces.flatMap(({ event, replaces }) => [event.id, ...replaces]))].filter(
      (id) => id !== turn.event.id,
    ),
  };
}
