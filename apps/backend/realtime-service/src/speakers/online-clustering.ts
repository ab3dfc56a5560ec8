import { wardClusters } from './ward.ts';

/** A voice of this consultation; which person it is, is another question. */
export type Voice = 'A' | 'B';

export interface VoicePoint {
  readonly id: string;
  readonly values: Float32Array;
  /** Length of the piece: a longer one says more about its voice. */
  readonly seconds: number;
  /** A human has said which voice it is. */
  readonly pinned: Voice | null;
}

export interface VoiceGuess {
  /** Null: too near to both, or unlike either. */
  readonly voice: Voice | null;
  /** Probability of the likelier voice, 0.5–1. */
  readonly certainty: number;
}

export interface VoiceModel {
  readonly scale: Float64Array;
  readonly centres: Readonly<Record<Voice, Float64Array | null>>;
}

export interface ClusteringSettings {
  /**
   * Mean squared distance, in usual deviations, from which on two groups are two people, while there
   * are few pieces. It falls as they grow: noise brings all voices closer together, and in a
   * consultation two people do speak.
   */
  readonly twoVoicesFrom: number;
  /** Below this certainty nobody is named. */
  readonly leastCertainty: number;
  /** Mean squared distance to the nearer voice, over that between the voices, of a third one. */
  readonly strangerFrom: number;
}

export const DEFAULT_CLUSTERING_SETTINGS: ClusteringSettings = {
  twoVoicesFrom: 2,
  leastCertainty: 0.65,
  strangerFrom: 2.5,
};

/** The prior deviation counts like this many points of the consultation itself. */
const PRIOR_POINTS = 6;
/** From this many pieces on, less distance is asked for between two voices. */
const FEW_PIECES = 3;
/** Groups are formed from at most so many points; the rest are assigned to them. */
const MOST_SEEDS = 80;
/** Shorter pieces are assigned to voices but do not form them while there are longer ones. */
const SEED_SECONDS = 1;
const REFINEMENTS = 4;
/**
 * What one mean squared deviation of difference is worth, in natural log odds per second: set
 * so that pieces said to be 80 % certain were right about four times in five, over fifteen synthetic
 * voices. Mixed pieces are the rest of the error, and no distance shows them.
 */
const LOG_ODDS_PER_DISTANCE = 0.7;

const valueAt = (values: ArrayLike<number>, d: number) => values[d] as number;

/** Mean squared distance over the dimensions. */
export function squaredDistance(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  scale: ArrayLike<number>,
): number {
  let sum = 0;
  for (let d = 0; d < a.length; d += 1) {
    sum += ((valueAt(a, d) - valueAt(b, d)) / valueAt(scale, d)) ** 2;
  }
  return sum / a.length;
}

/** The more of the consultation is known, the more its own spread is the yardstick. */
function scaleOf(points: readonly VoicePoint[], usual: Float32Array): Float64Array {
  return Float64Array.from(usual, (deviation, d) => {
    const mean = points.reduce((sum, p) => sum + valueAt(p.values, d), 0) / points.length;
    const squares = points.reduce((sum, p) => sum + (valueAt(p.values, d) - mean) ** 2, 0);
    return Math.sqrt((PRIOR_POINTS * deviation ** 2 + squares) / (PRIOR_POINTS + points.length));
  });
}

function centreOf(points: readonly VoicePoint[]): Float64Array | null {
  const first = points[0];
  if (first === undefined) return null;
  const weight = points.reduce((sum, p) => sum + p.seconds, 0);
  return Float64Array.from(
    { length: first.values.length },
    (_, d) => points.reduce((sum, p) => sum + p.seconds * valueAt(p.values, d), 0) / weight,
  );
}

function seedsOf(points: readonly VoicePoint[]): VoicePoint[] {
  const long = points.filter((p) => p.seconds >= SEED_SECONDS || p.pinned !== null);
  const usable = long.length >= 2 ? long : [...points];
  if (usable.length <= MOST_SEEDS) return usable;
  const longest = usable.toSorted(
    (a, b) => Number(b.pinned !== null) - Number(a.pinned !== null) || b.seconds - a.seconds,
  );
  const chosen = new Set(longest.slice(0, MOST_SEEDS));
  return usable.filter((p) => chosen.has(p));
}

function scaled(point: VoicePoint, scale: Float64Array): Float64Array {
  return scale.map((deviation, d) => valueAt(point.values, d) / deviation);
}

/** The two groups of the seeds; the pinned ones, or else the first, are A and B by name. */
function groupsOf(seeds: readonly VoicePoint[], scale: Float64Array): [VoicePoint[], VoicePoint[]] {
  const points = seeds.map((p) => ({
    values: scaled(p, scale),
    weight: p.seconds,
    mark: p.pinned,
  }));
  const groups = wardClusters(points, 2).map((members) =>
    members.map((i) => seeds[i] as VoicePoint),
  );
  const [one = [], other = []] = groups;
  const swap = one.some((p) => p.pinned === 'B') || other.some((p) => p.pinned === 'A');
  return swap ? [other, one] : [one, other];
}

/** Moves every point to the nearer centre and the centres to their points, pinned ones excepted. */
function refined(
  points: readonly VoicePoint[],
  start: [VoicePoint[], VoicePoint[]],
  scale: Float64Array,
): [Float64Array | null, Float64Array | null] {
  let centres: [Float64Array | null, Float64Array | null] = [
    centreOf(start[0]),
    centreOf(start[1]),
  ];
  for (let round = 0; round < REFINEMENTS; round += 1) {
    const [a, b] = centres;
    if (a === null || b === null) return centres;
    const toA = points.filter((p) =>
      p.pinned === null
        ? squaredDistance(p.values, a, scale) <= squaredDistance(p.values, b, scale)
        : p.pinned === 'A',
    );
    const inA = new Set(toA);
    centres = [centreOf(toA) ?? a, centreOf(points.filter((p) => !inA.has(p))) ?? b];
  }
  return centres;
}

/** The points as the voices of an earlier model have them, but for those that a human placed. */
function groupsBy(
  model: VoiceModel,
  seeds: readonly VoicePoint[],
): [VoicePoint[], VoicePoint[]] | null {
  const { A, B } = model.centres;
  if (A === null || B === null) return null;
  const inA = (p: VoicePoint) =>
    p.pinned === null
      ? squaredDistance(p.values, A, model.scale) <= squaredDistance(p.values, B, model.scale)
      : p.pinned === 'A';
  return [seeds.filter(inA), seeds.filter((p) => !inA(p))];
}

/**
 * Groups all points heard so far into one voice or two: Ward's groups as a start, two-means after
 * it, with pinned points as hard constraints.
 *
 * @param usual the embedder's usual deviation
 * @param start voices found without the pins: their names stay, one misheard piece that a human
 *   moved must not turn them round
 */
export function modelVoices(
  points: readonly VoicePoint[],
  usual: Float32Array,
  settings: ClusteringSettings = DEFAULT_CLUSTERING_SETTINGS,
  start: VoiceModel | null = null,
): VoiceModel {
  const scale = scaleOf(points, usual);
  const seeds = seedsOf(points);
  const groups = (start === null ? null : groupsBy(start, seeds)) ?? groupsOf(seeds, scale);
  const [a, b] = refined(seeds, groups, scale);
  const pinned = new Set(points.flatMap((p) => p.pinned ?? []));
  if (a === null || b === null || pinned.size === 2) return { scale, centres: { A: a, B: b } };
  const asked = settings.twoVoicesFrom * Math.min(1, FEW_PIECES / seeds.length);
  if (squaredDistance(a, b, usual) >= asked) {
    return { scale, centres: { A: a, B: b } };
  }
  const only = centreOf(seeds);
  return { scale, centres: pinned.has('B') ? { A: null, B: only } : { A: only, B: null } };
}

/** Which voice a point is, by the distances to both. */
export function guessVoice(
  model: VoiceModel,
  values: Float32Array,
  seconds: number,
  settings: ClusteringSettings = DEFAULT_CLUSTERING_SETTINGS,
): VoiceGuess {
  const { A, B } = model.centres;
  if (A === null || B === null) {
    return { voice: A === null ? 'B' : 'A', certainty: 0.75 };
  }
  const toA = squaredDistance(values, A, model.scale);
  const toB = squaredDistance(values, B, model.scale);
  const between = squaredDistance(A, B, model.scale);
  const worth = LOG_ODDS_PER_DISTANCE * Math.min(4, 0.5 + seconds);
  const certainty = 1 / (1 + Math.exp(-worth * Math.abs(toA - toB)));
  const stranger = Math.min(toA, toB) > settings.strangerFrom * Math.max(between, 1) && seconds > 1;
  if (stranger || certainty < settings.leastCertainty) return { voice: null, certainty };
  return { voice: toA <= toB ? 'A' : 'B', certainty };
}
