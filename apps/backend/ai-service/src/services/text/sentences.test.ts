import { describe, expect, it } from 'vitest';
import { sentences } from './sentences.ts';

describe('sentences', () => {
  it.each([
    'Onde dói?',
    'E a febre',
    'O senhor tem alergia a algum remédio',
    'Me conta como começou.',
    'Tem alguém doente em casa',
  ])('hears a question in "%s"', (text) => {
    expect(sentences(text)[0]).toMatchObject({ isQuestion: true, isAdvice: false });
  });

  it.each([
    'Se a dor aparecer em repouso, procure a emergência imediatamente.',
    'Vou pedir um eletrocardiograma e um teste ergométrico.',
    'Se a febre voltar, volte aqui, tá bom?',
    'Tome o remédio de oito em oito horas.',
  ])('hears advice in "%s"', (text) => {
    expect(sentences(text)[0]).toMatchObject({ isQuestion: false, isAdvice: true });
  });

  it('keeps sentences of one utterance apart', () => {
    const [first, second] = sentences('Entendi. A senhora fuma?');
    expect(first?.isQuestion).toBe(false);
    expect(second?.isQuestion).toBe(true);
  });
});
