import { describe, expect, it } from 'vitest';
import { asksWhich, holdsForAll } from './alternative-question.ts';
import { tokensOf } from './statement.ts';

describe('a question with "ou"', () => {
  it.each([
    'É na direita ou na esquerda?',
    'A dor é na direita ou na esquerda?',
    'Tem dor na direita ou na esquerda?',
    'Tem tosse seca ou com catarro?',
    'A tosse é seca ou produtiva?',
    'Dorme bem ou acorda à noite?',
    'Está com febre ou melhorou?',
    'É tosse ou pigarro?',
    'Mora sozinha ou com alguém?',
  ])('asks which: %s', (question) => {
    expect(asksWhich(tokensOf(question))).toBe(true);
    expect(holdsForAll(tokensOf(question), 'no')).toBe(false);
    expect(holdsForAll(tokensOf(question), 'yes')).toBe(false);
  });

  it.each([
    'Tem febre ou tosse?',
    'E teve náusea, vômito ou alguma dor de barriga?',
    'Tem alergia a algum remédio ou alimento?',
    'Fuma ou bebe?',
  ])('names what may all be absent: %s', (question) => {
    expect(asksWhich(tokensOf(question))).toBe(false);
    expect(holdsForAll(tokensOf(question), 'no')).toBe(true);
    expect(holdsForAll(tokensOf(question), 'yes')).toBe(false);
  });

  it('and without it, both answers hold', () => {
    for (const answer of ['yes', 'no'] as const) {
      expect(holdsForAll(tokensOf('Tem tosse com catarro?'), answer)).toBe(true);
    }
  });
});
