import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const people = ['Maria Aparecida da Costa', 'Dra. Beatriz Nogueira', 'João Rosa'];
const mask = (text: string) => createMasker(people).mask(text);

describe('masking', () => {
  it.each([
    ['Meu nome é Maria Aparecida da Costa.', 'Meu nome é [PESSOA_1].'],
    ['oi doutora beatriz, aqui é a maria', 'oi doutora [PESSOA_1], aqui é a [PESSOA_2]'],
    [
      'O João Rosa veio comigo, o joão sempre vem.',
      'O [PESSOA_1] veio comigo, o [PESSOA_2] sempre vem.',
    ],
    ['Quem falou foi o Carlos Drummond, meu vizinho.', 'Quem falou foi o [PESSOA_1], meu vizinho.'],
    ['Fui no doutor Kleverson semana passada.', 'Fui no doutor [PESSOA_1] semana passada.'],
    ['me chamo kleverson e tenho tosse', 'me chamo [PESSOA_1] e tenho tosse'],
    ['Meu CPF é 529.982.247-25, doutora.', 'Meu CPF é [DOCUMENTO_1], doutora.'],
    ['cpf 529 982 247 25', 'cpf [DOCUMENTO_1]'],
    ['CPF 52998224725.', 'CPF [DOCUMENTO_1].'],
    ['Ligue para (11) 98765-4321.', 'Ligue para [TELEFONE_1].'],
    ['meu zap é 11 98765 4321', 'meu zap é [TELEFONE_1]'],
    ['o fixo é 3456-7890', 'o fixo é [TELEFONE_1]'],
    ['Liga no nove oito sete seis cinco quatro três dois um.', 'Liga no [NUMERO_1].'],
    ['anota: onze noventa e oito sete seis cinco quatro trinta e dois', 'anota: [NUMERO_1]'],
    ['Mande para maria.costa+x@exemplo.com.br hoje', 'Mande para [EMAIL_1] hoje'],
    ['é mcosta arroba gmail ponto com', 'é [EMAIL_1]'],
    ['Moro na Rua das Laranjeiras, 120, apto 32, e caí lá.', 'Moro na [ENDERECO_1], e caí lá.'],
    ['moro na rua das laranjeiras número 120', 'moro na [ENDERECO_1]'],
    ['CEP 01310-100', 'CEP [ENDERECO_1]'],
    ['Nasci em 12/03/1961, doutora.', 'Nasci em [NUMERO_1], doutora.'],
    ['data de nascimento: 12-03-1961', 'data de nascimento: [NUMERO_1]'],
    ['nasci dia vinte e dois de março de mil novecentos e sessenta e um', 'nasci dia [NUMERO_1]'],
    [
      'Ele nasceu em 3 de maio de 2019 e está com febre',
      'Ele nasceu em [NUMERO_1] e está com febre',
    ],
  ])('takes who somebody is out of %j', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    'Tenho dor nas costas e uma mancha rosa no braço.',
    'Tomo losartana 50 mg de 12 em 12 horas desde 2019.',
    'A pressão deu 150 por 90 e a glicemia 110.',
    'Caí na rua ontem à noite e machuquei o joelho.',
    'O seu remédio acabou, senhora?',
    'O bebê nasceu prematuro, de 34 semanas, em março.',
    'Foi em 12/03/2024, entre 2019-2021, às 14:30.',
    'Uma, duas, três vezes por dia; quatro ou cinco no verão.',
    'Fumo dez, vinte, às vezes trinta cigarros.',
  ])('leaves %j as it is', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('puts everything back, in every string of an answer', () => {
    const masker = createMasker(people);
    const masked = masker.mask('Maria, CPF 529.982.247-25, tel. (11) 98765-4321');
    expect(masked).not.toMatch(/Maria|529|98765/);
    expect(masker.restore({ a: [masked], b: { c: `Perguntar a ${masked}` }, n: 3 })).toEqual({
      a: ['Maria, CPF 529.982.247-25, tel. (11) 98765-4321'],
      b: { c: 'Perguntar a Maria, CPF 529.982.247-25, tel. (11) 98765-4321' },
      n: 3,
    });
  });

  it('takes a mark that somebody says for words, and knows no marks of other exchanges', () => {
    const masker = createMasker(people);
    const masked = masker.mask('diga [PESSOA_1] e chame Maria');
    expect(masked).toBe('diga [MARCA_1] e chame [PESSOA_1]');
    expect(masker.restore(masked)).toBe('diga [PESSOA_1] e chame Maria');
    expect(masker.restore('[PESSOA_7] [DOCUMENTO_1]')).toBe('[PESSOA_7] [DOCUMENTO_1]');
  });

  it('strips for searches', () => {
    expect(createMasker(people).strip('A Maria está com febre alta')).toBe('A está com febre alta');
  });

  it('gives back any text as it was, and lets no part of the people’s names through', () => {
    const word = fc.constantFrom(
      'dor',
      'Maria',
      'aparecida',
      'BEATRIZ',
      'febre',
      'Joao',
      '120',
      '(11) 98765-4321',
      'a@b.com',
      ',',
      'da',
      '[PESSOA_1]',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const text = words.join(' ');
        const masker = createMasker(people);
        const masked = masker.mask(text);
        expect(masker.restore(masked)).toBe(text);
        expect(masked).not.toMatch(/maria|aparecida|beatriz|joao|98765|a@b/i);
      }),
    );
  });
});
