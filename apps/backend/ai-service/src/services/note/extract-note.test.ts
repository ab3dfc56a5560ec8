import { describe, expect, it } from 'vitest';
import { dialogue } from '../../testing/dialogue.ts';
import { statementsOf } from '../talk/statement.ts';
import { whoseStatement } from '../talk/whose.ts';
import { extractNote } from './extract-note.ts';

/** Texts of the note of a dialogue. */
function texts(lines: string): string[] {
  return extractNote({}, dialogue(lines)).map((sentence) => sentence.text);
}

describe('denials', () => {
  it.each([
    ['Não tenho tosse.', 'Nega tosse.'],
    ['Eu não tive febre nem calafrios, doutora.', 'Nega febre e calafrios.'],
    ['Febre não tive.', 'Nega febre.'],
    ['Sangue eu não vi, não.', 'Nega sangue.'],
    [
      'Não senti falta de ar, dor no peito ou tontura.',
      'Nega falta de ar, dor no peito ou tontura.',
    ],
    ['não tenho febre não', 'Nega febre.'],
  ])('%s → %s', (said, written) => {
    expect(texts(`M: Oi.\nP: ${said}`)).toEqual([written]);
  });

  it('of a question are its findings, all of them', () => {
    const drafted = extractNote({}, dialogue('M: Tem náusea, vômito ou diarreia?\nP: Não.'));
    expect(drafted).toEqual([
      expect.objectContaining({
        text: 'Nega náusea, vômito ou diarreia.',
        transcriptionIds: ['u0', 'u1'],
      }),
    ]);
  });

  it.each(['Acho que não.', 'Não sei.', 'Não, mas já tive.', 'Quase não.'])(
    'are not made of an unsure answer: %s',
    (answer) => {
      const written = texts(`M: Tem febre?\nP: ${answer}`);
      expect(written.join(' ')).not.toMatch(/Nega febre/);
      expect(written.join(' ')).toContain(answer.replace('.', ''));
    },
  );

  it.each([
    ['Não tenho mais dor.', 'Não tem mais dor.'],
    ['Não tenho só febre.', '"Não tenho só febre"'],
    ['Não tenho muito apetite.', 'Não tem muito apetite.'],
    ['Não tenho febre, mas minha cabeça dói.', '"Não tenho febre, mas minha cabeça dói"'],
  ])('of a part only are not made whole: %s', (said, written) => {
    const all = texts(`M: Oi.\nP: ${said}`).join(' ');
    expect(all).toContain(written);
    expect(all).not.toContain('Nega');
  });
});

describe('an answer takes its meaning from the question', () => {
  it.each([
    ['M: A senhora fuma ou bebe?\nP: Não, não.', ['Não fuma nem bebe.']],
    ['M: Já fez exame de sangue?\nP: Já, sim senhora.', ['Fez exame de sangue.']],
    [
      'M: Tem diabetes na família?\nP: Acho que sim.\nM: Quem?\nP: Uma tia.',
      [
        'Pergunta: "Tem diabetes na família?"; resposta: "Acho que sim".',
        'Pergunta: "Tem diabetes na família? Quem?"; resposta: "Uma tia".',
      ],
    ],
    // A pause cut the answer in two.
    [
      'M: Teve vômito?\nP: Não vomitei,\nP: mas fico enjoada.',
      ['Pergunta: "Teve vômito?"; resposta: "Não vomitei, mas fico enjoada".'],
    ],
    // Agreement to a plan, and what a doctor tells of his own people, are nothing of the patient's.
    [
      'M: Vou pedir o exame de novo, pode ser?\nP: Pode.',
      ['Orientação dita pelo médico: "Vou pedir o exame de novo, pode ser?".'],
    ],
    ['M: Eu tive um tio assim também, acredita?\nP: Nossa.', []],
    ['M: Meu pai também tem isso, sabia?\nP: Nossa.', []],
    [
      'M: Eu queria saber se a mãe tem diabetes?\nP: Tem.',
      ['Pergunta: "Eu queria saber se a mãe tem diabetes?"; resposta: "Tem".'],
    ],
    [
      'M: Eu tive um tio assim, acredita? Tem diabetes na família?\nP: Uma tia.',
      ['Pergunta: "Tem diabetes na família?"; resposta: "Uma tia".'],
    ],
    ['M: Tem febre? Eu tive um tio assim, acredita?\nP: Não.', []],
  ])('%s', (lines, written) => {
    expect(texts(lines)).toEqual(written);
  });

  it('and names both utterances, of a question that leads on all three', () => {
    const drafted = extractNote(
      {},
      dialogue('M: Tem diabetes na família?\nP: Acho que sim.\nM: Quem?\nP: Uma tia.'),
    );
    expect(drafted.map((sentence) => sentence.transcriptionIds)).toEqual([
      ['u0', 'u1'],
      ['u0', 'u2', 'u3'],
    ]);
  });

  it('yes to one finding affirms it', () => {
    expect(texts('M: A senhora teve febre?\nP: Tive.')).toEqual(['Refere febre.']);
  });

  it('yes to one of several leaves open which: both are quoted', () => {
    expect(texts('M: Tem tosse ou coriza?\nP: Sim.')).toEqual([
      'Pergunta: "Tem tosse ou coriza?"; resposta: "Sim".',
    ]);
  });

  it.each([
    ['O senhor tem asma?', 'Já tive.'],
    ['O senhor tem asma?', 'Tive.'],
    ['O senhor tem asma?', 'Não, já tive.'],
    ['Está com febre?', 'Já tive.'],
    ['Está com febre?', 'Já.'],
    ['Faz exercício?', 'Já fiz.'],
    ['Sente tontura?', 'Já senti, doutora.'],
    // Which of the two sides is denied, nobody said.
    ['Toma o remédio todo dia ou esquece?', 'Não.'],
    ['Toma o remédio todo dia ou esquece?', 'Não, todo dia.'],
    ['Dorme bem ou acorda à noite?', 'Não.'],
    ['Usa o aparelho ou fica sem?', 'Não, doutor.'],
    ['Está com febre ou melhorou?', 'Não.'],
    ['É na direita ou na esquerda?', 'Não.'],
    ['Tem tosse seca ou com catarro?', 'Não.'],
  ])('that answers another question is quoted with it: %s - %s', (question, answer) => {
    const quoted = answer.slice(0, -1);
    expect(texts(`M: ${question}\nP: ${answer}`)).toEqual([
      `Pergunta: "${question}"; resposta: "${quoted}".`,
    ]);
  });

  it.each([
    ['O senhor já teve asma?', 'Já tive.', 'Refere asma.'],
    ['Teve febre?', 'Já.', 'Refere febre.'],
    ['A senhora sentiu tontura?', 'Já senti.', 'Refere tontura.'],
    ['Tem tido febre?', 'Tive.', 'Refere febre.'],
    ['Já está com febre?', 'Já.', 'Refere febre.'],
    ['Está com febre?', 'Já, sim.', 'Refere febre.'],
    ['Fez exame de sangue?', 'Já fiz.', 'Fez exame de sangue.'],
    ['Vomitou ou desmaiou?', 'Não.', 'Não vomitou nem desmaiou.'],
  ])('that fits its question is taken with it: %s - %s', (question, answer, written) => {
    expect(texts(`M: ${question}\nP: ${answer}`)).toEqual([written]);
  });

  it.each([
    // The answer leaves in the question what it is about.
    ['Sente dor na boca do estômago?', 'Sinto um pouco sim, desde hoje.'],
    ['Mediu a pressão?', 'Medi na farmácia, deu quinze por dez.'],
    ['Já fez exame de HIV?', 'Fiz ano passado, deu negativo.'],
    ['Dorme com quantos travesseiros?', 'Três, porque deitado reto eu não aguento.'],
    ['Desce até onde?', 'Na esquerda, vai até o pé.'],
  ])('that leans on its question stands with it: %s - %s', (question, answer) => {
    const [written = ''] = texts(`M: ${question}\nP: ${answer}`);
    expect(written).toContain(answer.slice(0, -1));
    expect(written).toMatch(/^(?:Pergunta: |\p{Lu}\p{Ll}+: ")/u);
    expect(written).not.toMatch(/^Relata/);
  });

  it('that takes up the verb of its question says yes or no to it', () => {
    expect(texts('M: Mora sozinha?\nP: Moro, sim.')).toEqual(['Mora sozinha.']);
    expect(texts('M: Mora sozinha?\nP: Não moro.')).toEqual(['Não mora sozinha.']);
    // What was is no answer to what is.
    expect(texts('M: Mora sozinha?\nP: Morei.').join()).not.toMatch(/^Mora sozinha/);
  });

  it('no to what one does says so', () => {
    expect(texts('M: O senhor fuma?\nP: Não, doutor.')).toEqual(['Não fuma.']);
    expect(texts('M: Toma algum remédio?\nP: Não tomo nada.')).toEqual([
      'Não toma nenhum remédio.',
    ]);
  });

  it('a question that nobody answered is no finding', () => {
    expect(texts('M: Tem diabetes? Está urinando muito?')).toEqual([]);
    expect(texts('M: Tem dor no peito?\nM: Me ouve bem?\nP: Ouço sim, obrigada.')).toEqual([]);
  });

  it('a short answer stands under its topic', () => {
    expect(texts('M: Quando começou?\nP: Faz três dias.')).toEqual(['Início: "Faz três dias".']);
  });
});

describe('whose illness it is', () => {
  it('of a relative stays the relative’s, also in the sentence behind', () => {
    const written = texts(
      'M: Oi.\nP: Estou com coriza.\nM: E na família?\nP: Minha mãe tem diabetes. Toma insulina.',
    );
    expect(written.slice(1)).toEqual([
      'Pergunta: "E na família?"; resposta: "Minha mãe tem diabetes. Toma insulina".',
    ]);
    expect(texts('M: Oi.\nP: Meu pai tem pressão alta e eu tenho tosse.').join()).not.toMatch(
      /Refere/,
    );
  });

  it('is the patient’s where somebody is only called by a name of kin', () => {
    expect(texts('M: Minha filha, tem febre?\nP: Não.')).toEqual(['Nega febre.']);
    expect(texts('M: Tem febre, meu filho?\nP: Tenho.')).toEqual(['Refere febre.']);
    expect(texts('M: Minha filha tem isso também, acredita?\nP: Nossa.')).toEqual([]);
    expect(texts('M: Minha filha, ela tem isso também, acredita?\nP: Nossa.')).toEqual([]);
    const opening = 'M: Oi.\nP: Estou muito resfriado, com coriza.\nM: Certo.';
    expect(texts(`${opening}\nP: Olha, minha filha, eu tenho dor de cabeça.`).slice(1)).toEqual([
      'Relata: "Olha, minha filha, eu tenho dor de cabeça".',
    ]);
    // Whose it is stays open here, so it does not become the patient's.
    expect(texts(`${opening}\nP: Minha filha, tem dor de cabeça.`).join()).not.toMatch(
      /Refere dor/,
    );
  });

  it('is no other person’s where "ela" is a thing that was just named', () => {
    const said = 'Apareceu uma mancha escura na perna e ela está crescendo';
    expect(texts(`M: O que houve?\nP: ${said}.`)).toEqual([`Queixa principal: "${said}".`]);
    expect(texts('M: Oi.\nP: Ela tem febre.')).toEqual([
      'Relata sobre outra pessoa: "Ela tem febre".',
    ]);
  });

  it.each(['Tem uma moça na igreja, ela tem asma', 'A asma dela é grave'])(
    'is another’s where the pronoun can only be a person: %s',
    (said) => {
      expect(texts(`M: Oi.\nP: ${said}.`)).toEqual([`Relata sobre outra pessoa: "${said}".`]);
    },
  );

  it.each([
    'Minha filha, que mora comigo, teve dengue',
    'Meu filho, teve convulsão ontem e eu levei no hospital',
    'Meu filho, eu levei ele no hospital com convulsão',
    'Meu filho, eu levei no hospital com convulsão',
  ])('is the child’s where a comma only sets the child apart: %s', (said) => {
    const opening = 'M: Oi.\nP: Estou muito resfriado, com coriza.\nM: Certo.';
    const [statement] = dialogue(`P: ${said}.`).flatMap(statementsOf);
    expect(statement && whoseStatement(statement, false)).toBe('relative');
    expect(texts(`${opening}\nP: ${said}.`).join()).not.toMatch(/Refere|Teve/);
  });

  it('is the speaker’s own where he calls the listener and had a fall', () => {
    const [statement] = dialogue('P: Meu filho, eu levei um tombo feio.').flatMap(statementsOf);
    expect(statement && whoseStatement(statement, false)).toBe('patient');
  });

  it('of which an unknown voice asks is answered by the yes or no behind it', () => {
    expect(texts('?: Ela tem febre\nP: Não.')).toEqual(['Nega febre.']);
    expect(texts('?: Ele fuma\nP: Não, parei.')).toEqual(['Não fuma ("Não, parei").']);
  });

  it('of a relative is noted whatever its name, also while the doctor plans', () => {
    const written = texts('M: Vou encaminhar a senhora.\nP: Meu Deus. Minha mãe teve eclâmpsia.');
    expect(written).toContain('Relata: "Minha mãe teve eclâmpsia".');
  });

  it('is named by the utterance that names the relative', () => {
    const lines = 'M: E o seu irmão, como está?\nP: Ele teve hepatite ano passado.';
    const [sentence] = extractNote({}, dialogue(lines));
    expect(sentence?.transcriptionIds).toEqual(['u0', 'u1']);
  });

  it('of which an unknown voice speaks stays open, and is not lost', () => {
    const written = texts(`
      M: Bom dia. Veio com a filha?
      P: Vim sim. Estou com tontura quando levanto.
      ?: Ela caiu no banheiro na semana passada.
      M: Quais remédios a senhora toma?
      P: Losartana.
      ?: Ela toma também amitriptilina de noite.`);
    expect(written).toContain(
      'Fala sem autor identificado: "Ela caiu no banheiro na semana passada".',
    );
    expect(written).toContain(
      'Fala sem autor identificado: "Ela toma também amitriptilina de noite".',
    );
  });

  it('of the mother of a sick child is not the child’s', () => {
    const written = texts(`
      M: O que ele tem?
      P: Meu filho de três anos está com febre.
      M: Alguma doença em casa?
      P: Eu tenho asma.`);
    expect(written.join(' ')).not.toMatch(/Refere asma/);
    expect(written.join(' ')).toContain('"Eu tenho asma"');
  });
});

describe('the third person', () => {
  it.each([
    [
      'Tomo losartana de cinquenta miligramas de manhã.',
      'Toma losartana de cinquenta miligramas de manhã.',
    ],
    ['Parei de fumar faz dois anos.', 'Parou de fumar faz dois anos.'],
    ['Estou com dor de garganta.', 'Refere dor de garganta.'],
  ])('%s → %s', (said, written) => {
    const opening = 'M: Oi.\nP: Estou muito resfriado, com coriza.\nM: Certo.';
    expect(texts(`${opening}\nP: ${said}`)).toContain(written);
  });

  it.each([
    'Quando subo escada o peito aperta.',
    'Minha cabeça dói muito de noite.',
    'Me sinto fraca desde ontem.',
  ])('is not tried where a word may still mean the speaker: %s', (said) => {
    expect(texts(`M: Oi.\nP: ${said}`).join()).toContain(`"${said.replace('.', '')}"`);
  });
});

describe('the doctor', () => {
  it('finds, judges and plans in his own words', () => {
    const drafted = extractNote(
      {},
      dialogue(`
        P: Estou com ardência para urinar.
        M: Sua pressão está doze por oito.
        M: Isso parece uma cistite.
        M: Vou receitar fosfomicina, três gramas, dose única.
        M: Se tiver febre, procure o pronto-socorro.`),
    );
    expect(drafted.filter(({ section }) => section !== 'subjetivo')).toEqual([
      {
        section: 'objetivo',
        text: 'Dito pelo médico: "Sua pressão está doze por oito".',
        transcriptionIds: ['u1'],
      },
      {
        section: 'avaliacao',
        text: 'Impressão dita pelo médico: "Isso parece uma cistite".',
        transcriptionIds: ['u2'],
      },
      {
        section: 'plano',
        text: 'Receitar fosfomicina, três gramas, dose única.',
        transcriptionIds: ['u3'],
      },
      {
        section: 'plano',
        text: 'Orientação dita pelo médico: "Se tiver febre, procure o pronto-socorro".',
        transcriptionIds: ['u4'],
      },
    ]);
  });
});

it('takes down what the doctor sees once he examines, and no announcement of it as a plan', () => {
  const drafted = extractNote(
    {},
    dialogue(`
      P: Estou com uma ferida na perna e tontura.
      M: A ferida dói muito na perna inteira.
      M: Vou examinar a senhora e medir a pressão.
      M: A lesão tem bordas irregulares. Deitada quatorze por oito, em pé dez por seis.
      M: Vou medir a pressão toda semana.`),
  );
  const of = (name: string) =>
    drafted.filter(({ section }) => section === name).map(({ text }) => text);
  expect(of('objetivo')).toEqual([
    'Dito pelo médico: "A lesão tem bordas irregulares".',
    'Dito pelo médico: "Deitada quatorze por oito, em pé dez por seis".',
  ]);
  expect(of('plano')).toEqual(['Orientação dita pelo médico: "Vou medir a pressão toda semana".']);
});

it('takes no question for a finding because of "vamos ver", nor one that is answered', () => {
  const written = texts(`
    M: Vamos ver, o que a senhora sente?
    P: Estou com tosse.
    M: A senhora tem febre
    P: Não.
    M: Tem alergia a algum remédio
    P: Não.`);
  expect(written).toEqual(expect.arrayContaining(['Nega febre.', 'Nega alergia a remédio.']));
  expect(written.join()).not.toContain('Dito pelo médico');
  const examined = texts(`
    P: Estou com tosse.
    M: Vou examinar a senhora.
    M: A senhora tem febre
    P: Não.
    M: As pernas incham no fim do dia
    P: Não.
    M: O pulmão tem chiado na base
    P: Aham.
    M: E há quanto tempo tosse?
    P: Dois dias.
    M: A perna dói de lado
    P: É.`);
  expect(examined).toContain('Nega febre.');
  expect(examined.filter((text) => text.startsWith('Dito pelo médico'))).toEqual([
    'Dito pelo médico: "O pulmão tem chiado na base".',
  ]);
});

it.each([
  'Vou escutar o pulmão e depois peço um raio-X',
  'Vou ouvir o pulmão, depois a senhora toma dipirona de seis em seis horas',
  'Vou olhar isso, e amanhã quero uma radiografia do tórax',
  'Vou ouvir o coração e a senhora faz repouso',
])('keeps what is planned beside an examination: %s', (said) => {
  const drafted = extractNote({}, dialogue(`P: Estou com tosse.\nM: ${said}.`));
  const planned = drafted.filter(({ section }) => section === 'plano').map(({ text }) => text);
  expect(planned).toEqual([`Orientação dita pelo médico: "${said}".`]);
});

it.each(['Vou escutar o pulmão e o coração', 'Bom, vou examinar a senhora e medir a pressão'])(
  'plans nothing where only an examination is announced: %s',
  (said) => {
    const drafted = extractNote({}, dialogue(`P: Estou com tosse.\nM: ${said}.`));
    expect(drafted.filter(({ section }) => section === 'plano')).toEqual([]);
  },
);

it('leaves out greetings, thanks and the patient’s own questions', () => {
  expect(
    texts('M: Bom dia.\nP: Bom dia, doutora. Posso tomar dipirona?\nP: Muito obrigada.'),
  ).toEqual([]);
});

describe('what the doctor tells the patient to do', () => {
  it.each([
    'Se ele tiver febre alta ou ficar molinho, leve na emergência',
    'Não dê aspirina para a criança de jeito nenhum',
    'Fique em casa e sem relação sexual até o resultado',
    'Se os lábios ficarem roxos ou ela cansar para falar, corra para o pronto-socorro',
    'Deixe os remédios da sua mãe com a sua irmã',
    'Como a senhora usa anticoagulante e bateu a cabeça, a senhora precisa fazer uma tomografia',
  ])('is the plan, though it names what one might ask about: %s', (told) => {
    const drafted = extractNote({}, dialogue(`M: Entendi. ${told}.\nP: Está bem, doutora.`));
    expect(drafted).toEqual([
      expect.objectContaining({
        section: 'plano',
        text: `Orientação dita pelo médico: "${told}".`,
      }),
    ]);
  });

  it('is what he announces behind "então eu"', () => {
    expect(texts('M: Oi.\nP: Oi.\nM: Então eu vou renovar a receita por três meses.')).toEqual([
      'Renovar a receita por três meses.',
    ]);
  });

  it('is no step that nobody could follow', () => {
    const said = 'M: Precisamos ver os exames. Vou te fazer umas perguntas.';
    expect(texts(`${said}\nP: Está bem, doutora.`)).toEqual([]);
  });

  it.each(['Fique tranquila, tem febre?', 'A senhora toma remédio para dormir'])(
    'is no plan where he comforts or asks: %s',
    (asked) => {
      expect(texts(`M: ${asked}\nP: Não.`).join()).not.toMatch(/Orientação/);
    },
  );
});

describe('a question of the doctor whose mark was lost', () => {
  const opening = 'P: Estou com dor de cabeça.\n';

  it.each([
    ['Como é a dor, leve ou forte, de zero a dez', 'Sete'],
    ['Quantas vezes o senhor tem que levantar à noite para urinar', 'Umas quatro'],
    ['O senhor precisa parar para descansar quando sobe escada', 'Às vezes'],
    ['O senhor precisa parar para descansar', 'Preciso, no segundo andar'],
    ['E o que o senhor tem que tomar de remédio', 'Losartana'],
  ])('stands with its answer and orders nothing: %s - %s', (asked, said) => {
    const drafted = extractNote({}, dialogue(`${opening}M: ${asked}.\nP: ${said}.`));
    expect(drafted.filter(({ section }) => section === 'plano')).toEqual([]);
    expect(drafted.map(({ text }) => text)).toContain(`Pergunta: "${asked}"; resposta: "${said}".`);
  });

  it.each([
    ['Quando chegar em casa, deite e descanse', 'Está bem'],
    ['A senhora precisa voltar quando o resultado sair', 'Sim, doutora'],
    ['O que o senhor precisa fazer é descansar', 'Está bem'],
    ['Quanto ao sal, evite', 'Está bem'],
    ['A senhora tem que tomar o remédio quando acorda', 'Está bem'],
    ['A senhora tem que lavar as mãos muitas vezes', 'Está bem'],
    ['A senhora tem que levantar devagar quando acorda', 'Está bem'],
    ['A senhora tem que tomar o remédio três vezes ao dia', 'Tenho medo disso'],
    ['A receita está pronta, leve os exames no dia da consulta', 'Levo sim'],
  ])('is none where the same words give an order: %s - %s', (told, said) => {
    const drafted = extractNote({}, dialogue(`${opening}M: ${told}.\nP: ${said}.`));
    expect(drafted.filter(({ section }) => section === 'plano').map(({ text }) => text)).toEqual([
      `Orientação dita pelo médico: "${told}".`,
    ]);
  });
});

describe('a denial of anything', () => {
  it('names what is denied, not the nothing', () => {
    expect(texts('M: Oi.\nP: Não tenho alergia a nada.')).toEqual(['Nega alergia.']);
  });
});

describe('whoever speaks of two', () => {
  it('is quoted: it is not the patient’s what a companion takes', () => {
    const said = 'Eu tomo antidepressivo, mas ela não';
    expect(texts(`M: Oi.\nP: ${said}.`).join()).not.toMatch(/Toma antidepressivo/);
  });
});

describe('an answer that takes up the verb', () => {
  it('stands with its question where only that says what', () => {
    expect(texts('M: A senhora bateu a cabeça?\nP: Bati aqui do lado, na pia.')).toEqual([
      'Pergunta: "A senhora bateu a cabeça?"; resposta: "Bati aqui do lado, na pia".',
    ]);
  });
});

describe('an answer that begins with an article', () => {
  const written = (asked: string, said: string) =>
    texts(`P: Estou com muita tosse e dor.\nM: ${asked}\nP: ${said}.`);

  it.each([
    ['Esqueceu algum remédio?', 'O da pressão eu esqueci duas vezes'],
    ['Qual dor incomoda mais?', 'A das costas é a pior dor de todas'],
    ['Tem dor nas costas ou na barriga?', 'A que mais incomoda é a dor nas costas'],
  ])('stands with its question where the article is the noun of that: %s %s', (asked, said) => {
    expect(written(asked, said)).toContain(`Pergunta: "${asked}"; resposta: "${said}".`);
  });

  it.each([
    ['Tem tosse ou dor de garganta?', 'A garganta está doendo quando eu engulo'],
    ['Tem dor no joelho ou no quadril?', 'A dor no joelho vem quando eu ando'],
  ])('stands alone where it has its own subject: %s %s', (asked, said) => {
    expect(written(asked, said)).toContain(`Relata: "${said}".`);
  });
});

describe('a denial that leans on its question', () => {
  it.each([
    ['E dor no peito?', 'Dor não'],
    ['Está com dor no peito?', 'Dor não, só um cansaço para andar'],
    ['Sente falta de ar quando deita?', 'Não, durmo com um travesseiro só'],
  ])('stands with it: %s %s', (asked, said) => {
    expect(texts(`P: Estou com muita tosse.\nM: ${asked}\nP: ${said}.`)).toContain(
      `Pergunta: "${asked}"; resposta: "${said}".`,
    );
  });
});

describe('a companion of a grown patient', () => {
  const opening = 'P: Eu sou a esposa dele, ele está com muita tosse.\nM: Ele toma remédio?';

  it('is quoted, and speaks of the patient, not of somebody else', () => {
    const written = texts(`${opening}\nP: Toma losartana. Ele está dizendo que dói o peito.`);
    expect(written.join()).not.toContain('outra pessoa');
    expect(written.join()).toContain('Ele está dizendo que dói o peito');
  });

  it('keeps his own medicines', () => {
    const written = texts(`${opening}\nP: Losartana. Eu tomo insulina por causa da diabetes.`);
    expect(written).toContain('Relata sobre esposa: "Eu tomo insulina por causa da diabetes".');
  });

  it('tells what the patient came for', () => {
    const written = texts('P: Sou a filha dela.\nM: O que houve?\nP: Ela anda com muita tosse.');
    expect(written).toContain('Queixa principal: "Ela anda com muita tosse".');
  });
});

describe('a patient beside whom somebody is named', () => {
  it.each([
    'Quem me trouxe é a filha da vizinha',
    'É o marido da minha irmã que me traz sempre',
    'Quem cozinha é a mãe dele',
    'Sou cuidadora de idosos',
    'Sou a cuidadora dela',
    'Sou a filha da dona Rosa, a senhora atendeu ela',
    'Meu marido é acamado, eu cuido dele',
  ])('has his own illness: %s', (said) => {
    const written = texts(
      `P: Estou com dor de cabeça.\nP: ${said}.\nM: Certo.\nP: Eu tomo losartana. Tenho diabetes.`,
    );
    expect(written).toEqual(expect.arrayContaining(['Toma losartana.', 'Refere diabetes.']));
    expect(written.join()).not.toContain('sobre');
  });

  it('has it also where he says whose child he is before what he comes for', () => {
    const lines = 'P: Sou a filha da dona Rosa, a senhora atendeu ela.\nP: Estou com tosse.';
    expect(texts(`${lines}\nM: Certo.\nP: Eu tomo losartana.`)).toContain('Toma losartana.');
  });

  it.each([
    'P: Aqui quem fala é o filho da dona Rosa.',
    'P: Sou a cuidadora dela.',
    'M: Quem está aí comigo?\nP: É a filha dela.',
    'M: Com quem eu falo?\nP: Com a filha dela, doutora.',
    'P: Eu cuido dela.',
  ])('is not who speaks for him: %s', (introduced) => {
    const written = texts(
      `${introduced}\nM: O que houve?\nP: Ela anda com muita tosse.\nM: Remédio?\nP: Eu tomo losartana.`,
    );
    expect(written).toContain('Queixa principal: "Ela anda com muita tosse".');
    expect(written.join()).not.toContain('Toma losartana');
  });
});

describe('a guardian', () => {
  const whose = (said: string) => {
    const [statement] = dialogue(`P: ${said}.`).flatMap(statementsOf);
    return statement && whoseStatement(statement, true);
  };

  it.each([
    'Tudo o que eu dou volta',
    'Eu fiz inalação nele',
    'Eu comecei o antibiótico dela',
    'Eu parei de dar leite',
    'Eu medi a febre',
    'Eu acho que a febre baixou',
  ])('tells of the child by what he does for it: %s', (said) => {
    expect(whose(said)).toBe('patient');
  });

  it.each([
    'Eu tenho asma',
    'Eu comecei com tosse semana passada',
    'Eu fiz o teste e deu tuberculose',
    'Eu parei de fumar',
    'Eu medi a minha pressão',
    'Eu passei mal',
    'Eu acho que estou gripada',
  ])('tells of himself: %s', (said) => {
    expect(whose(said)).toBe('other');
  });

  it('has his illness apart from what the child came for', () => {
    const [chief, own] = extractNote(
      { ageYears: 3 },
      dialogue(
        'P: Ele está com tosse.\nP: Eu comecei com tosse. Eu fiz o teste e deu tuberculose.',
      ),
    ).map(({ text }) => text);
    expect(chief).toBe('Queixa principal: "Ele está com tosse".');
    expect(own).toMatch(/sobre outra pessoa: "Eu comecei com tosse/);
  });
});

it('takes what the doctor thinks of a finding for an impression', () => {
  const of = (said: string) =>
    extractNote({}, dialogue(`P: Estou com inchaço.\nM: ${said}.`)).map(({ section }) => section);
  expect(of('Eu acho que o inchaço é do anlodipino')).toContain('avaliacao');
  expect(of('O senhor está com pneumonia, provavelmente')).toContain('avaliacao');
  expect(of('Eu acho que a senhora já me falou isso')).not.toContain('avaliacao');
});
