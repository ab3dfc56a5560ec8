import { describe, expect, test } from 'vitest';
import { federativeUnits, formatCrm, parseCrm, parseRqe } from './crm.ts';

describe('CRM', () => {
  test.each([
    '123456/SP',
    'CRM 123456/SP',
    'crm/sp 123456',
    'CRM-SP 123.456',
    '123456-SP',
    'CRM: 123.456 SP',
    'CRM SP 123456',
  ])('reads %s', (written) => expect(parseCrm(written)).toEqual({ number: '123456', uf: 'SP' }));

  test.each(['', '123456', '123456/XX', '12/SP', '12345678/SP', 'CRM/SP', 'SP', '123456//SP'])(
    'refuses %j',
    (written) => expect(parseCrm(written)).toBeNull(),
  );

  test('its printed form is read back, in every unit', () => {
    expect(federativeUnits).toHaveLength(27);
    for (const uf of federativeUnits) {
      expect(parseCrm(formatCrm({ number: '98765', uf }))).toEqual({ number: '98765', uf });
    }
  });
});

describe('RQE', () => {
  test.each([
    ['RQE 12.345', '12345'],
    ['12345', '12345'],
    ['RQE nº 7', '7'],
  ])('reads %s', (written, number) => expect(parseRqe(written)).toBe(number));
  test.each(['', 'RQE', '12345678', '12a'])('refuses %j', (written) =>
    expect(parseRqe(written)).toBeNull(),
  );
});
