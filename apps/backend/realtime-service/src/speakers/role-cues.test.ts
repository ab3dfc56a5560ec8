import { describe, expect, it } from 'vitest';
import { portugueseRoleCue } from './role-cues.ts';

describe('what the words say about the role', () => {
  it.each([
    'Há quanto tempo o senhor sente essa tontura?',
    'Vou pedir um exame de sangue.',
    'Tome um comprimido a cada oito horas.',
    'A senhora já teve alguma cirurgia?',
    'Respire fundo, agora solte, mais uma vez: três vezes.',
  ])('hears a doctor in “%s”', (text) => {
    expect(portugueseRoleCue(text)).toBeGreaterThan(0.5);
  });

  it.each([
    'Eu sinto uma queimação depois de comer.',
    'Não tomo nenhum remédio, doutora.',
    'Minha perna fica inchada no fim do dia.',
    'Sim, desde criança.',
    'Estou com muita tosse.',
  ])('hears a patient in “%s”', (text) => {
    expect(portugueseRoleCue(text)).toBeLessThan(-0.4);
  });

  it.each(['', 'Está bem.', 'Obrigado.', 'O dia está bonito.'])(
    'says nothing about “%s”',
    (text) => {
      expect(Math.abs(portugueseRoleCue(text))).toBeLessThan(0.3);
    },
  );

  it('never claims more than one sentence can', () => {
    const all = 'Doutora, eu sinto dor, não durmo, minha cabeça dói, não tenho força, tomo remédio';
    expect(portugueseRoleCue(all)).toBe(-2);
  });
});
