import { expect, it } from 'vitest';
import { daysOf } from './cost-days.ts';

it('days without a cost stand at zero, and the period is that of São Paulo', () => {
  expect(
    daysOf({
      from: '2026-11-23T03:00:00.000Z',
      to: '2026-11-26T02:30:00.000Z',
      byDay: [{ day: '2026-11-24', totalBrl: '1.250000' }],
    }),
  ).toEqual([
    { day: '2026-11-23', brl: 0 },
    { day: '2026-11-24', brl: 1.25 },
    { day: '2026-11-25', brl: 0 },
  ]);
});
