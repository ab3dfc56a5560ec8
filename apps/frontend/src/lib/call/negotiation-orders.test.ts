import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Side, TwoPages, trackOf } from './testing/two-pages.ts';

type Step =
  | { do: 'reload' | 'restart' | 'rebuild' | 'camera' | 'mute'; side: Side; atMs: number }
  | { do: 'drop'; side: Side; atMs: number; forMs: number }
  | { do: 'reload-both' | 'rebuild-both' | 'restart-both'; atMs: number };

const side = fc.constantFrom<Side>('doctor', 'patient');
const atMs = fc.integer({ min: 0, max: 40_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('reload', 'restart', 'rebuild', 'camera', 'mute'),
    side,
    atMs,
  }),
  fc.record({
    do: fc.constant('drop'),
    side,
    atMs,
    forMs: fc.integer({ min: 100, max: 20_000 }),
  }),
  fc.record({ do: fc.constantFrom('reload-both', 'rebuild-both', 'restart-both'), atMs }),
) as fc.Arbitrary<Step>;

const scene = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  first: side,
  secondAfterMs: fc.integer({ min: 0, max: 15_000 }),
  withoutDevices: fc.option(side, { nil: null }),
  slowMs: fc.constantFrom(5, 200, 2_500),
  delayMs: fc.constantFrom(5, 60, 900),
  steps: fc.array(step, { maxLength: 12 }),
});
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

/** Long enough for the last wait to be over and a connection to be built anew. */
const patienceMs = 150_000;

async function play(given: Scene): Promise<TwoPages> {
  const { seed, slowMs, delayMs, first, secondAfterMs, steps, withoutDevices } = given;
  const pages = new TwoPages({ seed, slowMs, delayMs });
  const load = (who: Side) => pages.load(who, withoutDevices === who ? [] : ['audio', 'video']);
  load(first);
  pages.time.later(() => load(first === 'doctor' ? 'patient' : 'doctor'), secondAfterMs);
  for (const one of steps) pages.time.later(() => act(pages, one, load), one.atMs);
  await pages.time.runUntil(40_001);
  await pages.time.runUntil(40_000 + patienceMs, () => pages.together);
  return pages;
}

function act(pages: TwoPages, one: Step, load: (who: Side) => void): void {
  const both: Side[] = ['doctor', 'patient'];
  switch (one.do) {
    case 'reload':
      if (pages.link(one.side)) load(one.side);
      return;
    case 'reload-both':
      for (const who of both) if (pages.link(who)) load(who);
      return;
    case 'restart':
      pages.connection(one.side)?.restartIce();
      return;
    case 'restart-both':
      for (const who of both) pages.connection(who)?.restartIce();
      return;
    case 'rebuild':
      pages.link(one.side)?.rebuild();
      return;
    case 'rebuild-both':
      for (const who of both) pages.link(who)?.rebuild();
      return;
    case 'camera':
      void pages.link(one.side)?.setTrack('video', trackOf('video'));
      return;
    case 'mute':
      void pages.link(one.side)?.setTrack('video', null);
      return;
    case 'drop':
      pages.dropLine(one.side, one.forMs);
      return;
    default:
      one satisfies never;
  }
}

describe('two pages that negotiate', () => {
  it('come together in each of 200 random orders of glare, restart and rejoin', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (given) => {
        const pages = await play(given);
        expect(pages.together).toBe(true);
        // Neither side answers new connections with new ones of its own without end.
        expect(pages.opened).toBeLessThan(12 + 8 * given.steps.length);
      }),
      {
        numRuns: Number(process.env.NEGOTIATION_RUNS ?? 200),
        seed: Number(process.env.NEGOTIATION_SEED ?? 20261126),
      },
    );
  }, 120_000);

  it('are not interrupted on slow machines: nothing is given up, one connection each is enough', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const pages = new TwoPages({ seed, slowMs: 3_000, delayMs: 1_500 });
      pages.load('doctor');
      pages.time.later(() => pages.load('patient'), 100);
      await pages.time.runUntil(120_000, () => pages.together);
      expect(pages.together, `seed ${seed}`).toBe(true);
      expect(pages.opened, `seed ${seed}`).toBe(2);
    }
  });

  it('come together at once when a person begins anew after all signals of the first try were lost', async () => {
    const pages = new TwoPages({ seed: 3, slowMs: 5, delayMs: 5 });
    pages.load('doctor');
    pages.load('patient');
    pages.dropLine('doctor', 19_000);
    pages.dropLine('patient', 19_500);
    pages.time.later(() => pages.link('patient')?.rebuild(), 20_000);
    await pages.time.runUntil(20_500, () => pages.together);
    expect(pages.together).toBe(true);
  });

  it('are told after 20 s that there is no picture, and no longer once there is', async () => {
    const pages = new TwoPages({ seed: 4, slowMs: 5, delayMs: 5 });
    pages.load('doctor');
    await pages.time.runUntil(19_000);
    expect(pages.stalled.doctor).toBe(false);
    await pages.time.runUntil(21_000);
    expect(pages.stalled.doctor).toBe(true);
    pages.load('patient');
    await pages.time.runUntil(22_000, () => pages.together);
    expect(pages.together).toBe(true);
    expect(pages.stalled).toEqual({ doctor: false, patient: false });
  });

  it('wait for each other without building connection after connection', async () => {
    const pages = new TwoPages({ seed: 5, slowMs: 5, delayMs: 5 });
    pages.load('doctor');
    // Nobody comes for an hour.
    await pages.time.runUntil(3_600_000);
    expect(pages.opened).toBeLessThan(65);
    pages.load('patient');
    await pages.time.runUntil(3_601_000, () => pages.together);
    expect(pages.together).toBe(true);
  });
});
