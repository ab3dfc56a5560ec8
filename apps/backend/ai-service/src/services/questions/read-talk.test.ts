import { describe, expect, it } from 'vitest';
import { dialogue } from '../../testing/dialogue.ts';
import { readTable } from '../../testing/read-table.ts';
import { concerns, patientInTalk } from './patient-context.ts';
import { readTalk } from './read-talk.ts';

const complaintsOf = (lines: string) =>
  readTalk({}, dialogue(lines)).complaints.map(({ complaint }) => complaint.id);

describe('the complaint', () => {
  it.each(readTable('openings.tsv'))('%s: %s', (id, opening) => {
    expect(complaintsOf(`P: ${opening}`)[0]).toBe(id);
  });

  it('is not what is denied', () => {
    expect(complaintsOf('P: Dor no peito eu não tenho, não tenho febre, só tosse.')).toEqual(
      expect.arrayContaining(['tosse']),
    );
    const fever = 'P: Meu jato de urina está fraco.\nM: E febre, calafrio?';
    expect(complaintsOf(`${fever}\nP: Febre não teve.`)).toEqual(['urina-homem']);
    expect(complaintsOf(`${fever}\nP: Febre tive, não melhora.`)).toContain('febre-adulto');
    expect(complaintsOf('P: Não tenho dor de cabeça, doutor, é o joelho que dói muito.')).toEqual([
      'artralgia',
    ]);
  });

  it('is not the companion’s own', () => {
    const asked = 'P: O jato de urina dele está fraquinho.\nM: Ele emagreceu?';
    const told = 'P: Um pouco, mas mudamos a comida por causa da minha diabetes, eu uso insulina.';
    expect(complaintsOf(`P: Sou a filha dele.\n${asked}\n${told}`)).toEqual(['urina-homem']);
    expect(complaintsOf(`${asked}\n${told}`)).toContain('diabetes');
  });

  it.each([
    'Minha pressão caiu duas vezes essa semana.',
    'A glicose caiu três vezes esse mês.',
    'Meu cabelo caiu várias vezes.',
    'A minha pressão cai na rua.',
    'Estou com tosse. Desculpa, caiu a ligação duas vezes.',
  ])('is no fall of the patient where a thing falls: %s', (said) => {
    expect(complaintsOf(`P: ${said}`)).not.toContain('queda');
  });

  it.each([
    'Caí duas vezes essa semana.',
    'Ela caiu no banheiro ontem.',
    'Baixou a pressão caí na cozinha.',
    'Fui pegar o remédio caí na cozinha.',
    'Minha pressão caiu e eu caí no banheiro.',
    'Caí da rede e bati o braço.',
  ])('is the fall of whoever falls, also beside a thing: %s', (said) => {
    expect(complaintsOf(`P: ${said}`)).toContain('queda');
  });

  it('is not an old disease that answers a question', () => {
    expect(
      complaintsOf(`
        P: Estou com dor no peito há três semanas, doutor.
        M: A senhora tem pressão alta ou diabetes?
        P: Tenho pressão alta há dez anos.
      `),
    ).toEqual(['dor-toracica']);
  });

  it('is known from what a doctor asks only of somebody who has it', () => {
    const pregnant = 'M: De quantas semanas você está?\nP: Trinta e duas, e dói a cabeça.';
    expect(complaintsOf(pregnant)).toContain('gestacao');
    expect(complaintsOf('M: O bebê está mexendo?\nP: Está.')).toEqual(['gestacao']);
    expect(complaintsOf('M: Há quantas semanas dói a cabeça?\nP: Faz duas semanas.')).not.toContain(
      'gestacao',
    );
  });

  it('is the disease of which the doctor asks since when it is there', () => {
    const foot = 'P: Abriu uma ferida no meu pé.\nM: O senhor tem diabetes há quanto tempo?';
    expect(complaintsOf(`${foot}\nP: Faz uns dez anos.`)).toContain('diabetes');
  });

  it('is no skin trouble where somebody sees spots before his eyes', () => {
    const lines = 'P: Estou com dor de cabeça forte e enxergando umas bolinhas brilhantes.';
    expect(complaintsOf(lines)).toEqual(['cefaleia']);
    expect(complaintsOf('P: Apareceram umas bolinhas vermelhas na minha barriga.')).toEqual([
      'pele',
    ]);
  });

  it('is not also the vague one that shares its words', () => {
    expect(complaintsOf('P: Apareceu uma ferida no pênis.')).toEqual(['ist']);
    expect(complaintsOf('P: Apareceu uma ferida no braço.')).toEqual(['pele']);
  });

  it('is unknown after a greeting, and general when nothing is recognised', () => {
    expect(complaintsOf('M: Está me ouvindo?\nP: Estou sim, obrigada.')).toEqual([]);
    expect(
      complaintsOf(`
        P: Eu vim porque uma coisa estranha vem acontecendo comigo.
        P: É difícil de explicar, nem sei por onde eu começo.
      `),
    ).toEqual(['anamnese-geral']);
  });
});

describe('what a companion answers', () => {
  const card = { ageYears: 78, sex: 'F' } as const;

  it.each([
    [card, 'Sou o filho dela.', 'O senhor mora com ela? O que ela está sentindo?', 'Ela'],
    [card, 'Sou a esposa dele.', 'A senhora mora com ele?', 'Ele'],
    [{ ...card, sex: 'M' }, 'Sou a esposa dele.', 'A senhora mora com ele?', 'Ele'],
  ] as const)('counts, whoever the doctor speaks to: %o', (onFile, who, asked, pronoun) => {
    const told = `${pronoun} está com tosse há três dias. ${pronoun} tem diabetes e toma losartana.`;
    const { coverage } = readTalk(onFile, dialogue(`P: ${who}\nM: ${asked}\nP: ${told}`));
    expect([...coverage.keys()]).toEqual(
      expect.arrayContaining(['inicio', 'antecedentes', 'medicacoes']),
    );
  });

  it('counts in the sentence in which he says who he is', () => {
    const told = 'P: Sou o filho dela, ela está com tosse há três dias e tem diabetes.';
    const { coverage } = readTalk(card, dialogue(told));
    expect([...coverage.keys()]).toEqual(expect.arrayContaining(['inicio', 'antecedentes']));
  });

  it('is somebody else’s where the patient speaks, whoever is addressed', () => {
    const told = 'M: O senhor mora só?\nP: Ele que tem diabetes. Ele toma insulina.';
    const { coverage } = readTalk(card, dialogue(told));
    expect(coverage.has('antecedentes')).toBe(false);
    expect(coverage.has('medicacoes')).toBe(false);
  });
});

describe('the patient', () => {
  it('is the child when a guardian speaks, whatever the card says', () => {
    const talk = dialogue(`
      M: Quem está comigo é a mãe do Pedro, certo?
      P: Isso, doutor. O Pedro tem quatro anos.
    `);
    expect(patientInTalk({ ageYears: 38, sex: 'F' }, talk)).toEqual({ ageYears: 4 });
    expect(patientInTalk({}, dialogue('P: Minha filha tem oito meses e está com febre.'))).toEqual({
      ageYears: 8 / 12,
    });
  });

  it('is the child of the card, however the guardian is addressed and whoever’s age is told', () => {
    const card = { ageYears: 7, sex: 'M' } as const;
    const talk = 'M: Oi, mãe. A senhora mediu a febre?\nP: Medi. O irmão dele tem dois anos.';
    expect(patientInTalk(card, dialogue(talk))).toEqual(card);
  });

  it('is the adult when children are only mentioned', () => {
    const grown = { ageYears: 60, sex: 'F' } as const;
    expect(patientInTalk(grown, dialogue('P: Meu filho tem trinta anos e mora longe.'))).toEqual(
      grown,
    );
    expect(patientInTalk(grown, dialogue('P: Estou grávida, o bebê mexe bastante.'))).toEqual(
      grown,
    );
  });

  it('is the child whose age is told, though weeks are asked about or the baby touches its ear', () => {
    const card = { ageYears: 30, sex: 'F' } as const;
    const coughing = dialogue(`
      P: Minha filha está com tosse.
      M: Há quantas semanas ela está assim?
      P: Duas. Ela tem dois anos.
    `);
    const { patient, complaints } = readTalk(card, coughing);
    expect(patient).toEqual({ ageYears: 2 });
    expect(complaints.map(({ complaint }) => complaint.id)).toEqual(['tosse']);
    expect(complaintsOf('M: Há quantas semanas a senhora está tossindo?')).not.toContain(
      'gestacao',
    );
    expect(complaintsOf('P: Estou com tosse. O bebê mexe muito na orelha.')).not.toContain(
      'gestacao',
    );
    const ear = 'P: Meu bebê está com febre. O bebê mexe muito na orelha.';
    expect(patientInTalk(card, dialogue(ear))).toEqual({ ageYears: 4 });
    expect(complaintsOf('M: A senhora está de quantas semanas?\nP: Trinta.')).toEqual(['gestacao']);
  });

  it('is no child because a patient calls the doctor her daughter, and is one where he greets the mother', () => {
    const calling =
      'P: Olha, minha filha, eu reparei nela tem uns quatro meses, mas ela mudou de cor.';
    expect(patientInTalk({ ageYears: 70 }, dialogue(calling))).toEqual({ ageYears: 70 });
    const greeting = 'M: Boa tarde, mãe. Como está o Davi?\nP: Está com tosse, tem dois anos.';
    expect(patientInTalk({}, dialogue(greeting))).toEqual({ ageYears: 2 });
    expect(patientInTalk({}, dialogue('M: E a sua mãe tem diabetes?\nP: Minha mãe tem.'))).toEqual(
      {},
    );
    const unborn = 'M: Oi, mãe, tudo bem?\nP: Meu bebê não está mexendo desde ontem.';
    expect(patientInTalk({ ageYears: 30 }, dialogue(unborn))).toEqual({ ageYears: 30 });
  });

  it('is the child in whose history a pregnancy is asked about, or whose age was told', () => {
    const mother = { ageYears: 31, sex: 'F' } as const;
    const history = dialogue(`
      P: Minha filha está com febre.
      M: Como foi a gravidez dela? Fez pré-natal?
      P: Tive pressão alta na gestação, mas ela nasceu bem.
    `);
    expect(patientInTalk(mother, history)).toEqual({ ageYears: 4 });
    const expecting = dialogue(`
      P: Meu filho tem três anos e está tossindo.
      P: Eu estou grávida, doutora, ele pode me passar?
    `);
    expect(patientInTalk(mother, expecting)).toEqual({ ageYears: 3 });
    const sibling = 'P: Estou grávida de dez semanas e tenho uma menina de três anos.';
    expect(patientInTalk(mother, dialogue(sibling))).toEqual(mother);
  });

  it.each([
    'Moro com a minha filha. Ela que me ajuda em tudo.',
    'Moro com meu filho, que tem dez anos.',
    'Estou com tosse há duas semanas.\nP: Meu filho está com tosse também.',
    'Sinto muita dor no joelho.\nP: Minha neta tem cinco anos e eu não consigo carregar.',
  ])('is the adult who tells of himself and of whom he lives with: %s', (said) => {
    const grown = { ageYears: 66, sex: 'F' } as const;
    expect(patientInTalk(grown, dialogue(`P: ${said}`))).toEqual(grown);
  });

  it('is addressed as a man or a woman', () => {
    expect(patientInTalk({ sex: 'F' }, dialogue('M: O senhor fuma?'))).toEqual({ sex: 'M' });
    expect(patientInTalk({}, dialogue('M: Bom dia, dona Helena.'))).toEqual({ sex: 'F' });
  });

  it.each([
    'Ela tem diabetes há dez anos.',
    'Ela está com tosse faz dois meses.',
    'Ela teve um derrame dois anos atrás.',
  ])('is no child by how long an illness is there: %s', (told) => {
    const card = { ageYears: 78, sex: 'F' } as const;
    expect(patientInTalk(card, dialogue(`P: Sou o filho dela. ${told}`))).toEqual(card);
    expect(patientInTalk({}, dialogue('P: Ela está tossindo, tem dois anos.'))).toEqual({
      ageYears: 2,
    });
  });

  it('is not addressed where a companion listens: the card tells', () => {
    const talk = (said: string) => dialogue(`P: ${said}\nM: O senhor mora com ela?`);
    const card = { ageYears: 78, sex: 'F' } as const;
    expect(patientInTalk(card, talk('Sou o filho dela.'))).toEqual(card);
    expect(patientInTalk({}, talk('Sou o filho dela.'))).toEqual({});
    expect(patientInTalk(card, talk('Quem me trouxe foi o filho dela.'))).toMatchObject({
      sex: 'M',
    });
  });

  it('excludes only what is known not to fit', () => {
    expect(concerns({ sex: 'F', minYears: 11 }, {})).toBe(true);
    expect(concerns({ sex: 'F' }, { sex: 'M' })).toBe(false);
    expect(concerns({ maxYears: 12 }, { ageYears: 40 })).toBe(false);
    expect(concerns(undefined, { ageYears: 40 })).toBe(true);
  });
});
