/** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). */
const k = 60;

/** Reciprocal rank fusion: ids of several ranked lists in one order, best first. */
export function fuseRanks(lists: readonly (readonly string[])[]): string[] {
  const scores = new Map<string, number>();
  for (const list of lists) {
    list.forEach((id, rank) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (k + rank + 1));
    });
  }
  return [...scores].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
