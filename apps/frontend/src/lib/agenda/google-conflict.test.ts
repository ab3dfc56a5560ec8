import type { CalendarConflict } from '@medcall/shared-types';
import { expect, it } from 'vitest';
import { conflictWords } from './google-conflict.ts';

const booked = { consultation_id: 'c', scheduled_at: '2026-12-01T15:00:00.000Z' };
const there = { starts_at: '2026-12-02T02:30:00.000Z', ends_at: '2026-12-02T03:00:00.000Z' };
const gone = { starts_at: null, ends_at: null };

const words = (kind: CalendarConflict['kind'], times: typeof there | typeof gone, zone?: string) =>
  conflictWords({ ...booked, kind, ...times }, zone ?? 'America/Sao_Paulo', null);

it('says what Google has by the clinic’s own clock', () => {
  expect(words('moved', there)).toBe(
    'Consulta de 01/12, 12:00: no Google você mudou para 01/12, 23:30.',
  );
  expect(words('moved', there, 'America/Manaus')).toBe(
    'Consulta de 01/12, 11:00: no Google você mudou para 01/12, 22:30.',
  );
  expect(words('busy', there)).toContain('de 01/12, 23:30 até 02/12, 00:00');
});

it('tells what was deleted from what was put back', () => {
  expect(words('deleted', gone)).toBe('Consulta de 01/12, 12:00: você apagou do Google.');
  expect(words('overruled', gone)).toContain('Ela voltou para lá.');
  expect(words('overruled', there)).toContain('Vale a agenda.');
});

it('names the patient where he is in sight', () => {
  const conflict = { ...booked, kind: 'moved' as const, ...there };
  expect(conflictWords(conflict, 'America/Sao_Paulo', 'Ana Lima')).toBe(
    'Consulta de 01/12, 12:00 (Ana Lima): no Google você mudou para 01/12, 23:30.',
  );
});
