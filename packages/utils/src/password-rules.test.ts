import { describe, expect, it } from 'vitest';
import { passwordWeaknesses } from './password-rules.ts';

describe('password rules', () => {
  it.each([
    ['curta', ['length']],
    ['aaaaaaaaaaaaaaa', ['pwned']],
    ['maria.souza-2026', ['pwned']],
    ['cavalo correto bateria grampo', []],
    ['MedCall-demo-2026', []],
  ])('judges %s', (password, reasons) => {
    expect(passwordWeaknesses(password, 'maria.souza@clinica.test')).toEqual(reasons);
  });
});
