import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';

/** Ways of working whose cost is told, on a clock that only they move. */
function aWorkshop(costOf: { base: (n: number) => number; tested: (n: number) => number }) {
  let clock = 0;
  const order: string[] = [];
  const counts = { base: 0, tested: 0 };
  const batch = (which: 'base' | 'tested') => async () => {
    order.push(which);
    clock += 10 * costOf[which](counts[which]);
    counts[which] += 1;
    return 10;
  };
  const meter = () => clock;
  return {
    order,
    base: batch('base'),
    tested: batch('tested'),
    meter: { base: meter, tested: meter },
  };
}

const options = { name: 'x', unit: 'unit', rounds: 7 };

describe('a comparison', () => {
  it('gives the cost of one over that of the other, per unit', async () => {
    const shop = aWorkshop({ base: () => 20, tested: () => 50 });
    expect(await compare({ ...options, ...shop })).toMatchObject({
      ratio: 2.5,
      control: 1,
      valid: true,
      microsPerUnit: { base: 20, tested: 50 },
    });
    expect((await compare({ ...options, ...shop, compares: 'rate' })).ratio).toBeCloseTo(0.4);
  });

  it('goes there and back in every round', async () => {
    const shop = aWorkshop({ base: () => 1, tested: () => 1 });
    await compare({ ...options, ...shop });
    expect(shop.order.slice(2, 8)).toEqual(['base', 'tested', 'base', 'base', 'tested', 'base']);
    expect(shop.order).toHaveLength(2 + 7 * 6);
  });

  it('lets a steady drift meet both alike', async () => {
    let clock = 0;
    let heat = 1;
    const batch = (cost: number) => async () => {
      clock += cost * heat;
      heat += 0.002;
      return 1;
    };
    const meter = () => clock;
    const result = await compare({
      ...options,
      base: batch(10),
      tested: batch(20),
      meter: { base: meter, tested: meter },
    });
    expect(result.ratio).toBeCloseTo(2, 3);
    expect(result.control).toBeCloseTo(1, 3);
  });

  it('is void when the yardstick is not as fast as itself', async () => {
    // Of the four base batches in a round, the two in the middle are slow.
    const shop = aWorkshop({
      base: (n) => ((n - 1) % 4 === 1 || (n - 1) % 4 === 2 ? 12 : 10),
      tested: () => 10,
    });
    expect(await compare({ ...options, ...shop })).toMatchObject({ control: 1.2, valid: false });
  });

  it('wants seven rounds', async () => {
    const shop = aWorkshop({ base: () => 1, tested: () => 1 });
    await expect(compare({ ...options, ...shop, rounds: 6 })).rejects.toThrow(RangeError);
  });
});
