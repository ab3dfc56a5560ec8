import { describe, expect, it } from 'vitest';
import { contextWords, passwordWeaknesses } from './password-rules.ts';

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

  it.each([
    'MedCall@2026',
    'Clínica-2026!',
    'médico.admin.2026',
    'AdminHospital1',
    'Paciente12345',
  ])('takes words of the application for nothing: %s', (password) => {
    expect(passwordWeaknesses(password)).toEqual(['pwned']);
  });

  it('lets words of the application stand in a long password', () => {
    for (const word of contextWords) {
      expect(passwordWeaknesses(`${word} girassol amarelo`)).toEqual([]);
    }
  });

  it('asks for no kinds of characters, and takes 64 and more', () => {
    for (const password of [
      'girassolamarelo',
      '83610572946183',
      'ação 学校 żółw',
      'ab cd'.repeat(16),
    ]) {
      expect(passwordWeaknesses(password)).toEqual([]);
    }
    expect(passwordWeaknesses('abcde'.repeat(52))).toEqual(['length']);
  });
});
