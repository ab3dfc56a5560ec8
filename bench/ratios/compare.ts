/** Does one batch and gives how many units it did. */
export type Batch = () => Promise<number>;

export interface Comparison {
  name: string;
  /** What is counted: `utterance`, `chunk`, `row`. */
  unit: string;
  /** The yardstick, and what is set beside it. */
  base: Batch;
  tested: Batch;
  /** Microseconds so far: of processor time unless said otherwise. */
  meter?: { base: Meter; tested: Meter };
  /** `cost` (time for a unit, the default) or `rate` (units for a time: the ratio is turned round). */
  compares?: 'cost' | 'rate';
  rounds: number;
}

export type Meter = () => number | Promise<number>;

export interface RatioResult {
  name: string;
  unit: string;
  rounds: number;
  microsPerUnit: { base: number; tested: number };
  /** Tested over base, the median of the rounds. */
  ratio: number;
  /** Of the middle half of the rounds. */
  spread: [number, number];
  /** The yardstick over itself, measured in the same rounds. */
  control: number;
  /** The control lies within 0.95–1.05; otherwise the run says nothing. */
  valid: boolean;
}

export const LEAST_ROUNDS = 7;
const CONTROL = { least: 0.95, most: 1.05 } as const;

/** Processor time of this process and its threads, in microseconds. */
export const ownCpu: Meter = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Time on a monotonic clock, in microseconds. */
export const wallClock: Meter = () => performance.now() * 1_000;

/**
 * Measures two ways of doing something side by side. Each round goes base, tested, control, control,
 * tested, base: whatever drifts (heat, caches, other work) meets all of them alike. The control is the
 * base once more; if it is not as fast as itself, the machine was too restless and the run is void.
 */
export async function compare(comparison: Comparison): Promise<RatioResult> {
  const { base, meter, name, rounds, tested, unit, compares = 'cost' } = comparison;
  if (rounds < LEAST_ROUNDS) throw new RangeError(`At least ${LEAST_ROUNDS} rounds`);
  const baseMeter = meter?.base ?? ownCpu;
  const testedMeter = meter?.tested ?? ownCpu;
  // Warm: compiled, cached, connected.
  await measure(base, baseMeter);
  await measure(tested, testedMeter);
  const costs = { base: [] as number[], tested: [] as number[] };
  const ratios: number[] = [];
  const controls: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [b1, t1, c1, c2, t2, b2] = [
      await measure(base, baseMeter),
      await measure(tested, testedMeter),
      await measure(base, baseMeter),
      await measure(base, baseMeter),
      await measure(tested, testedMeter),
      await measure(base, baseMeter),
    ];
    const [yardstick, other, control] = [(b1 + b2) / 2, (t1 + t2) / 2, (c1 + c2) / 2];
    costs.base.push(yardstick, control);
    costs.tested.push(other);
    // The tested one has its place between both: it is compared with all four.
    ratios.push(other / ((yardstick + control) / 2));
    controls.push(control / yardstick);
  }
  const turned = (ratio: number) => (compares === 'rate' ? 1 / ratio : ratio);
  const control = quantile(controls, 0.5);
  const edges = [turned(quantile(ratios, 0.25)), turned(quantile(ratios, 0.75))].sort(
    (a, b) => a - b,
  );
  return {
    name,
    unit,
    rounds,
    microsPerUnit: { base: quantile(costs.base, 0.5), tested: quantile(costs.tested, 0.5) },
    ratio: turned(quantile(ratios, 0.5)),
    spread: [edges[0] ?? Number.NaN, edges[1] ?? Number.NaN],
    control,
    valid: control >= CONTROL.least && control <= CONTROL.most,
  };
}

async function measure(batch: Batch, meter: Meter): Promise<number> {
  const before = await meter();
  const units = await batch();
  return ((await meter()) - before) / units;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
