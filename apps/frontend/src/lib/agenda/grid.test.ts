import type { Consultation } from '@medcall/shared-types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgendaItem, gridRange, inTheWay, sideBySide, snap } from './grid.ts';

const item = (
  id: string,
  day: string,
  start: number,
  end: number,
  status: Consultation['status'] = 'WAITING',
  doctor_id = 'd1',
): AgendaItem => ({
  // Only what the rules look at.
  consultation: { id, status, doctor_id } as Consultation,
  day,
  start,
  end,
});

describe('the grid', () => {
  it('shows 7 to 20, and whole hours more when something lies outside', () => {
    expect(gridRange([])).toEqual({ from: 420, to: 1200 });
    expect(gridRange([{ start: 390, end: 1250 }])).toEqual({ from: 360, to: 1260 });
  });

  it('snaps to a quarter of an hour', () => {
    expect([0, 7, 8, 22, 23].map(snap)).toEqual([0, 0, 15, 15, 30]);
  });

  it('puts side by side what overlaps, and only that', () => {
    const spans = [
      { start: 0, end: 60 },
      { start: 30, end: 90 },
      { start: 90, end: 120 },
    ];
    expect(sideBySide(spans).map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  it('never draws two things over each other', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 60 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 25 }), (spans) => {
        const placed = sideBySide(spans);
        expect(placed).toHaveLength(spans.length);
        for (const [at, one] of placed.entries()) {
          expect(one.lane).toBeLessThan(one.lanes);
          for (const other of placed.slice(at + 1)) {
            const overlap = one.item.start < other.item.end && other.item.start < one.item.end;
            if (overlap) {
              expect(one.lane).not.toBe(other.lane);
              expect(one.lanes).toBe(other.lanes);
            }
          }
        }
      }),
    );
  });
});

describe('what is in the way', () => {
  const moved = { id: 'm', doctorId: 'd1' };
  const at = { day: '2026-11-26', minutes: 600 };

  it('is a booking of the same doctor that holds the time', () => {
    expect(inTheWay([item('a', at.day, 615, 645)], moved, at, 30)?.consultation.id).toBe('a');
  });

  it.each([
    ['itself', item('m', at.day, 600, 630)],
    ['one that ends when it begins', item('a', at.day, 570, 600)],
    ['one that begins when it ends', item('a', at.day, 630, 660)],
    ['one of another day', item('a', '2026-11-27', 600, 630)],
    ['a cancelled one', item('a', at.day, 600, 630, 'CANCELLED')],
    ['one whose patient did not come', item('a', at.day, 600, 630, 'NO_SHOW')],
    ['one of another doctor', item('a', at.day, 600, 630, 'WAITING', 'd2')],
  ])('is not %s', (_what, other) => {
    expect(inTheWay([other], moved, at, 30)).toBeNull();
  });
});
