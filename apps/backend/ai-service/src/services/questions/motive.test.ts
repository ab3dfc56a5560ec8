import { describe, expect, it } from 'vitest';
import { questionBank } from '../../bank/question-bank.ts';
import { dialogue } from '../../testing/dialogue.ts';
import { motiveOf } from './motive.ts';

const complaint = (id: string) => {
  const found = questionBank.complaints.find((one) => one.id === id);
  if (!found) throw new Error(`no complaint ${id}`);
  return found;
};
const motive = (id: string, question: string, lines: string, child = false) =>
  motiveOf(
    { topic: 'sinais_alarme', question, redFlag: true, complaint: complaint(id) },
    dialogue(lines),
    child,
  )?.text;

describe('the words that a question quotes', () => {
  it('are those that bring up the complaint, not the last ones', () => {
    const lines = `
      M: Bom dia, o que houve?
      P: Estou com uma dor de cabeça muito forte.
      M: Certo.
      P: Meu trabalho anda corrido, vim no meu carro.`;
    expect(motive('cefaleia', 'Teve febre ou rigidez na nuca?', lines)).toBe(
      'Estou com uma dor de cabeça muito forte.',
    );
  });

  it('are those that share most with the question among several', () => {
    const lines = `
      P: Estou com dor de cabeça.
      P: A dor de cabeça vem com a luz e me dá enjoo.
      P: Tomei água.`;
    expect(motive('cefaleia', 'Além do enjoo, a luz incomoda?', lines)).toBe(
      'A dor de cabeça vem com a luz e me dá enjoo.',
    );
  });

  it('are never the doctor’s', () => {
    expect(
      motive('cefaleia', 'Teve febre?', 'M: Sente dor de cabeça?\nP: Pode ser.'),
    ).toBeUndefined();
  });

  it('are none that deny, ask back or speak of somebody else', () => {
    for (const line of [
      'P: Não tenho dor de cabeça.',
      'P: Será que isso dá dor de cabeça?',
      'P: Minha mãe tem dor de cabeça.',
    ]) {
      expect(motive('cefaleia', 'Teve febre ou rigidez na nuca?', line)).toBeUndefined();
    }
  });

  it('are none when a question follows from nothing that was said', () => {
    const question = {
      topic: 'alergias' as const,
      question: 'Tem alergia a remédio?',
      redFlag: false,
    };
    expect(motiveOf(question, dialogue('P: Bom dia, doutora. Tudo bem?'), false)).toBeUndefined();
  });
});
