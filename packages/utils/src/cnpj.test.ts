import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCnpj, isCnpj, parseCnpj, testCnpj } from './cnpj.ts';

const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const base = fc
  .array(fc.constantFrom(...alphabet), { minLength: 12, maxLength: 12 })
  .map((characters) => characters.join(''));

describe('CNPJ', () => {
  // The alphanumeric one is the worked example of the Receita Federal.
  test.each(['11.222.333/0001-81', '11222333000181', '12.ABC.345/01DE-35', '12abc34501de35'])(
    'reads %s',
    (written) => expect(isCnpj(written)).toBe(true),
  );

  test.each([
    '',
    '11.222.333/0001-80',
    '12.ABC.345/01DE-36',
    '00.000.000/0000-00',
    '12ABC34501DEA5',
    '12.ABC.345/01D-35',
    '12.ÁBC.345/01DE-35',
  ])('refuses %j', (written) => expect(parseCnpj(written)).toBeNull());

  test('every made CNPJ is valid and survives its own formatting', () => {
    fc.assert(
      fc.property(base, (characters) => {
        const cnpj = testCnpj(characters);
        fc.pre(!/^(.)\1{13}$/.test(cnpj));
        expect(parseCnpj(formatCnpj(cnpj))).toBe(cnpj);
      }),
    );
  });

  test('a wrong check digit is noticed', () => {
    fc.assert(
      fc.property(base, fc.integer({ min: 1, max: 99 }), (characters, shift) => {
        const cnpj = testCnpj(characters);
        const wrong = String((Number(cnpj.slice(12)) + shift) % 100).padStart(2, '0');
        expect(isCnpj(cnpj.slice(0, 12) + wrong)).toBe(false);
      }),
    );
  });

  test('shows as people know it', () => {
    expect(formatCnpj('12abc34501de35')).toBe('12.ABC.345/01DE-35');
    expect(formatCnpj('x')).toBe('x');
    expect(() => testCnpj('12abc34501de')).toThrow(RangeError);
  });
});
