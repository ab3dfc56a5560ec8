/**
 * Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). Theirs is 60 for lists of a
 * thousand; among some dozens of documents the first few places must differ more.
 */
const k = 5;

/** Reciprocal rank fusion of several ranked lists: the score of each name, best first. */
export function fusedScores(lists: readonly (readonly string[])[]): Map<string, number> {
  const scores = new Map<string, number>();
  for (const list of lists) {
    list.forEach((name, rank) => {
      scores.set(name, (scores.get(name) ?? 0) + 1 / (k + rank + 1));
    });
  }
  return new Map([...scores].sort((a, b) => b[1] - a[1]));
}
