import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageInYears,
  calendarDay,
  formatBrl,
  formatClock,
  formatDate,
  formatTime,
  pdfName,
  shortName,
} from './utils.ts';

describe('dates of São Paulo', () => {
  it('uses the day and hour of São Paulo, not of UTC', () => {
    expect(formatDate('2026-11-24T01:30:00Z')).toBe('23/11/2026');
    expect(formatTime('2026-11-24T01:30:00Z')).toBe('22:30');
    expect(calendarDay('2026-11-24T01:30:00Z')).toBe('2026-11-23');
  });

  it('walks over the end of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('has a birthday on the day, not before', () => {
    const now = new Date('2026-11-23T15:00:00Z');
    expect(ageInYears('1968-11-23', now)).toBe(58);
    expect(ageInYears('1968-11-24', now)).toBe(57);
  });
});

it.each([
  [0, '00:00'],
  [41_900, '00:41'],
  [3_729_000, '1:02:09'],
  [-5, '00:00'],
])('%i ms reads %s', (ms, text) => {
  expect(formatClock(ms)).toBe(text);
});

it('writes money as Brazil does', () => {
  expect(formatBrl(0.38).replace(/\s/g, ' ')).toBe('R$ 0,38');
});

it.each([
  ['Dra. Beatriz Nogueira', 'Dra. Beatriz'],
  ['Helena Prado', 'Helena'],
])('%s is called %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});

describe('the name of a saved file', () => {
  it('says what, whose and of which day, in letters that every system takes', () => {
    expect(pdfName('Pedido de exames', 'João d’Ávila/Filho', '2026-11-24T01:30:00Z')).toBe(
      'pedido-de-exames-joao-d-avila-filho-2026-11-23.pdf',
    );
  });

  it('does without a name', () => {
    expect(pdfName('Registro', null, '2026-11-23T12:00:00Z')).toBe('registro-2026-11-23.pdf');
  });
});
