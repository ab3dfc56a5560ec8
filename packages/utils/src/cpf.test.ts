import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCpf, isCpf, maskCpf, parseCpf, testCpf } from './cpf.ts';

const number = fc.integer({ min: 0, max: 999_999_998 });

describe('CPF', () => {
  test.each(['529.982.247-25', '52998224725', ' 529.982.247-25 ', '111.444.777-35'])(
    'reads %s',
    (written) => expect(isCpf(written)).toBe(true),
  );

  test.each([
    '',
    '529.982.247-24',
    '5299822472',
    '529982247255',
    '111.111.111-11',
    'abc',
    '529.982.247-2x',
    '52,998,224,725',
  ])('refuses %j', (written) => expect(parseCpf(written)).toBeNull());

  test('every made CPF is valid and survives its own formatting', () => {
    fc.assert(
      fc.property(number, (n) => {
        const cpf = testCpf(n);
        expect(cpf).toMatch(/^\d{11}$/);
        expect(parseCpf(formatCpf(cpf))).toBe(cpf);
      }),
    );
  });

  // A wrong digit before them may stay unseen: remainders 0 and 10 share the check digit 0.
  test('wrong check digits are noticed', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 99 }), (n, shift) => {
        const cpf = testCpf(n);
        const wrong = String((Number(cpf.slice(9)) + shift) % 100).padStart(2, '0');
        expect(isCpf(cpf.slice(0, 9) + wrong)).toBe(false);
      }),
    );
  });

  test('shows as people know it, and masked where that is enough', () => {
    expect(formatCpf('52998224725')).toBe('529.982.247-25');
    expect(formatCpf('123')).toBe('123');
    expect(maskCpf('52998224725')).toBe('***.982.247-**');
    expect(maskCpf('529982')).toBe('***');
  });

  test('no made CPF has eleven equal digits', () => {
    for (let digit = 0; digit <= 8; digit += 1)
      expect(isCpf(testCpf(digit * 111_111_111))).toBe(true);
    expect(() => testCpf(999_999_999)).toThrow(RangeError);
  });
});
