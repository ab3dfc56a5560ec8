import { expect, it } from 'vitest';
import { hrefOf, readPlace } from './agenda-place.ts';

const today = '2026-11-26';

it('the address of the agenda is read back as it was written', () => {
  const place = { day: '2026-12-01', view: 'dia', doctorId: 'd1' } as const;
  const query = new URL(hrefOf(place), 'http://x').searchParams;
  expect(readPlace(Object.fromEntries(query), today)).toEqual(place);
});

it('what is no day, no view and no doctor is left out', () => {
  const nothing = { day: today, view: null, doctorId: null };
  expect(readPlace({}, today)).toEqual(nothing);
  expect(readPlace({ dia: '2026-13-45', visao: 'mes', medico: '' }, today)).toEqual(nothing);
  expect(readPlace({ dia: ['2026-12-01', '2026-12-02'] }, today)).toEqual(nothing);
});
