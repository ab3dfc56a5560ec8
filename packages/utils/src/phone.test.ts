import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPhone } from './format-phone.ts';
import { isMobile, parsePhone } from './phone.ts';

describe('parsePhone', () => {
  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['11 98765 4321', '+5511987654321'],
    ['+55 (11) 98765-4321', '+5511987654321'],
    ['5511987654321', '+5511987654321'],
    ['011 98765-4321', '+5511987654321'],
    ['55 99876-5432', '+5555998765432'],
    ['(55) 9876-5432', null],
    ['(55) 99987-6543', '+5555999876543'],
    ['(61) 3321-0000', '+556133210000'],
    ['(20) 98765-4321', null],
    ['(11) 8765-4321', null],
    ['987654321', null],
    ['(11) 98765-4321 ramal 3', null],
    ['', null],
  ])('reads %s as %s', (text, wanted) => {
    expect(parsePhone(text)).toBe(wanted);
  });

  it('gives the same number for what it gave', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\(?(11|21|55|85)\)? ?9\d{4}-?\d{4}$/), (text) => {
        const number = parsePhone(text);
        expect(number).not.toBeNull();
        expect(parsePhone(number ?? '')).toBe(number);
        expect(isMobile(number ?? '')).toBe(true);
      }),
    );
  });

  it('knows that a landline gets no SMS', () => {
    expect(isMobile('+556133210000')).toBe(false);
  });
});

describe('formatPhone', () => {
  it.each([
    ['+5511987654321', '(11) 98765-4321'],
    ['+551132654321', '(11) 3265-4321'],
    ['+351912345678', '+351912345678'],
  ])('%s → %s', (e164, written) => {
    expect(formatPhone(e164)).toBe(written);
  });
});
