import { expect, it } from 'vitest';
import { weekFigures } from './week-figures.ts';

const done = {
  status: 'COMPLETED' as const,
  scheduled_at: null,
  created_at: '2026-11-01T12:00:00.000Z',
  note_status: null,
};

it('counts what ended, by the day of São Paulo on which it began', () => {
  const figures = weekFigures(
    [
      // 23:30 of the 25th in São Paulo.
      {
        ...done,
        started_at: '2026-11-26T02:30:00.000Z',
        ended_at: '2026-11-26T02:50:30.000Z',
        note_status: 'assinada',
      },
      { ...done, started_at: '2026-11-26T14:00:00.000Z', ended_at: null, note_status: 'rascunho' },
      { ...done, status: 'CANCELLED', started_at: null, ended_at: null },
      { ...done, started_at: '2026-11-19T14:00:00.000Z', ended_at: '2026-11-19T15:00:00.000Z' },
    ],
    '2026-11-26',
  );
  expect(figures.days).toHaveLength(7);
  expect(figures.days[0]?.day).toBe('2026-11-20');
  expect(figures.days.slice(-2)).toEqual([
    { day: '2026-11-25', consultations: 1, minutes: 21 },
    { day: '2026-11-26', consultations: 1, minutes: 0 },
  ]);
  expect(figures).toMatchObject({ consultations: 2, minutes: 21, signed: 1 });
});
