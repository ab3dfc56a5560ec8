import type { CalendarConflict } from '@medcall/shared-types';
import { expect, it } from 'vitest';
import { conflictWords, minutesThere } from './google-conflict.ts';

const booked = {
  consultation_id: 'c',
  scheduled_at: '2026-12-01T15:00:00.000Z',
  duration_minutes: 30,
};
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

it('says until when, where the doctor made it longer or shorter there', () => {
  const longer = { starts_at: '2026-12-01T15:00:00.000Z', ends_at: '2026-12-01T15:50:00.000Z' };
  expect(words('moved', longer)).toBe(
    'Consulta de 01/12, 12:00: no Google você mudou para 01/12, 12:00 (até 12:50).',
  );
  const late = { starts_at: there.starts_at, ends_at: '2026-12-02T03:20:00.000Z' };
  expect(words('overruled', late)).toContain('01/12, 23:30 (até 02/12, 00:20)');
});

it('knows how long a booking may be: the rest is said, and cannot be taken over', () => {
  const from = '2026-12-01T15:00:00.000Z';
  const lasting = (minutes: number) => ({
    starts_at: from,
    ends_at: new Date(Date.parse(from) + minutes * 60_000).toISOString(),
  });
  expect([4, 4.5, 5, 240, 241, 1_440].map((minutes) => minutesThere(lasting(minutes)))).toEqual([
    null,
    null,
    5,
    240,
    null,
    null,
  ]);
  expect(minutesThere(gone)).toBeNull();
  expect(words('moved', lasting(1_440))).toContain('uma consulta dura de 5 minutos a 4 horas');
  expect(words('moved', lasting(60))).not.toContain('4 horas');
});
