import { describe, expect, it } from 'vitest';
import { assuranceOf } from './assurance.ts';

const token = (payload: unknown) =>
  `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;

describe('assuranceOf', () => {
  it.each([
    [token({ aal: 'aal2', name: 'Conceição' }), 'aal2'],
    [token({ aal: 'aal1' }), 'aal1'],
    [token({ aal: null }), null],
    [token({}), null],
    [token('aal2'), null],
    ['no token', null],
    ['', null],
  ])('%s → %s', (given, expected) => {
    expect(assuranceOf(given)).toBe(expected);
  });
});
