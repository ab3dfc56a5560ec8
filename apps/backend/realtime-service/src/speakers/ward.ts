/** Points of one consultation, already scaled so that every dimension counts alike. */
export interface WardPoint {
  readonly values: Float64Array;
  /** What the point counts for: seconds of speech. */
  readonly weight: number;
  /** Points with different marks never come together, equal ones always do. */
  readonly mark: string | null;
}

interface Group {
  values: Float64Array;
  weight: number;
  mark: string | null;
  members: number[];
}

/** The rise of the sum of squares when two groups become one. */
function cost(a: Group, b: Group): number {
  if (a.mark !== null && b.mark !== null) {
    return a.mark === b.mark ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  let distance = 0;
  for (let d = 0; d < a.values.length; d += 1) {
    distance += ((a.values[d] as number) - (b.values[d] as number)) ** 2;
  }
  return (distance * a.weight * b.weight) / (a.weight + b.weight);
}

function join(a: Group, b: Group): Group {
  const weight = a.weight + b.weight;
  return {
    values: a.values.map(
      (value, d) => (value * a.weight + (b.values[d] as number) * b.weight) / weight,
    ),
    weight,
    mark: a.mark ?? b.mark,
    members: [...a.members, ...b.members],
  };
}

/**
 * Ward's agglomerative clustering down to a number of groups; gives the members of each. More groups
 * are left only where marks forbid to join them.
 *
 * Source: J. H. Ward, "Hierarchical grouping to optimize an objective function", JASA 58, 1963.
 */
export function wardClusters(points: readonly WardPoint[], groups: number): number[][] {
  let left: Group[] = points.map((point, i) => ({ ...point, members: [i] }));
  const costs = new Map<Group, Map<Group, number>>();
  left.forEach((a, i) => {
    costs.set(a, new Map(left.slice(i + 1).map((b) => [b, cost(a, b)])));
  });
  while (left.length > groups) {
    let best: { a: Group; b: Group; cost: number } | null = null;
    for (const [a, row] of costs) {
      for (const [b, value] of row) {
        if (best === null || value < best.cost) best = { a, b, cost: value };
      }
    }
    if (best === null || best.cost === Number.POSITIVE_INFINITY) break;
    const { a, b } = best;
    const joined = join(a, b);
    left = left.filter((group) => group !== a && group !== b);
    costs.delete(a);
    costs.delete(b);
    for (const group of left) {
      const row = costs.get(group);
      row?.delete(a);
      row?.delete(b);
      row?.set(joined, cost(group, joined));
    }
    costs.set(joined, new Map());
    left.push(joined);
  }
  return left
    .map(({ members }) => members.sort((a, b) => a - b))
    .sort((a, b) => first(a) - first(b));
}

function first(members: readonly number[]): number {
  return members[0] ?? 0;
}
