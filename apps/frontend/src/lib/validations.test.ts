import { describe, expect, it } from 'vitest';
import { instantOfSaoPaulo, newPatientForm, safeReturnPath } from './validations.ts';

describe('safeReturnPath', () => {
  it.each([
    ['/agenda?dia=2026-11-23', '/agenda?dia=2026-11-23'],
    ['https://mal.example', '/dashboard'],
    ['//mal.example', '/dashboard'],
    ['/\\mal.example', '/dashboard'],
    ['/a\\b', '/dashboard'],
    ['/\tx', '/dashboard'],
    ['javascript:alert(1)', '/dashboard'],
    ['/login?de=/login', '/dashboard'],
    [null, '/dashboard'],
  ])('%s leads to %s', (from, to) => {
    expect(safeReturnPath(from)).toBe(to);
  });
});

describe('newPatientForm', () => {
  const empty = { name: 'Helena Prado', cpf: '', birth_date: '', phone: '' };

  it('leaves out what was not filled in', () => {
    expect(newPatientForm.parse(empty)).toEqual({ name: 'Helena Prado' });
  });

  it('refuses a CPF whose digits do not check', () => {
    expect(newPatientForm.safeParse({ ...empty, cpf: '123.456.789-00' }).success).toBe(false);
    expect(newPatientForm.safeParse({ ...empty, cpf: '529.982.247-25' }).success).toBe(true);
  });

  it('refuses half a date', () => {
    expect(newPatientForm.safeParse({ ...empty, birth_date: '1968-13' }).success).toBe(false);
  });
});

it('reads a clock time as one of São Paulo', () => {
  expect(instantOfSaoPaulo('2026-11-23T14:30')).toBe('2026-11-23T17:30:00.000Z');
});
