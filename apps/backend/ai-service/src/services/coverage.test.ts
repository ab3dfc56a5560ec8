import { isDeepStrictEqual } from 'node:util';
import {
  type AnamnesisTopic,
  anamnesisTopicKeys,
  topicLabel,
} from '@medcall/shared-types/anamnesis-topics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionBank } from '../bank/question-bank.ts';
import { dialogue } from '../testing/dialogue.ts';
import { readTable } from '../testing/read-table.ts';
import { sampleDialogues } from '../testing/sample-dialogues.ts';
import { askedIn, coverageItems, readCoverage } from './coverage.ts';

const coveredBy = (line: string) => [...readCoverage(dialogue(line)).keys()];
const askedBy = (text: string) => askedIn({ id: 'u0', speaker: 'MEDICO', text }, []);
const fever = questionBank.complaints.filter((complaint) => complaint.id === 'febre-crianca');

describe('what the doctor asks', () => {
  it.each(readTable('asked.tsv'))('%s: %s', (topic, question) => {
    expect(askedBy(question)).toContain(topic);
  });

  it('is heard without the question mark in nine of ten cases', () => {
    const rows = readTable('asked.tsv');
    const heard = rows.filter(([topic, question]) =>
      (askedBy(question.replaceAll('?', '.')) as string[]).includes(topic),
    );
    expect(heard.length / rows.length).toBeGreaterThan(0.9);
  });

  it.each([
    'M: Se a dor aparecer em repouso, procure a emergência imediatamente.',
    'M: Se ele ficar muito sonolento ou com manchas na pele, vá direto ao pronto-socorro.',
    'M: Vou pedir exames de sangue e de urina.',
    'M: Bom dia, pode entrar.',
    'P: É grave, doutor? Posso continuar com o remédio?',
  ])('nothing in "%s"', (line) => {
    expect(coveredBy(line)).toEqual([]);
  });
});

describe('danger signs', () => {
  it('stay open when the patient hints at one, or denies one of them', () => {
    const hint = 'P: Às vezes penso em sumir, que seria melhor para todo mundo.';
    expect(coveredBy(hint)).not.toContain('sinais_alarme');
    const one = 'M: Chegou a desmaiar?\nP: Não desmaiei, não.';
    expect(coveredBy(one)).not.toContain('sinais_alarme');
    const asked = `${hint}\nM: Já pensou em se machucar?`;
    expect(coveredBy(asked)).toContain('sinais_alarme');
  });
});

describe('an unknown voice', () => {
  it('tells nothing of a grown patient when it speaks of "ele" or "ela"', () => {
    expect(coveredBy('?: Ele fuma bastante.')).not.toContain('habitos');
    expect(coveredBy('?: Eu fumo bastante.')).toContain('habitos');
    const child = readCoverage(dialogue('?: Ela tomou dipirona ontem.'), [], true);
    expect([...child.keys()]).toContain('medicacoes');
  });
});

describe('an unknown voice of a companion', () => {
  const told = '?: Ele tem pressão alta e diabetes.';

  it.each([
    `M: O que houve?\n?: Ele está com falta de ar há três dias.\n${told}`,
    `?: Sou a esposa dele. Ele está cansado há três dias.\n${told}`,
    `P: Estou com falta de ar há três dias.\nM: Ele tem alguma coisa?\n${told}`,
  ])('tells of the patient: %s', (talk) => {
    expect(coveredBy(talk)).toEqual(expect.arrayContaining(['inicio', 'antecedentes']));
  });

  it.each([
    `P: Estou com falta de ar há três dias.\n${told}`,
    `M: O que houve?\nP: Estou com falta de ar.\n${told}`,
    `M: O que houve?\nP: Falta de ar.\nM: E o seu irmão, como ele está?\n${told}`,
  ])('tells of somebody else where the patient has told of himself: %s', (talk) => {
    expect(coveredBy(talk)).not.toContain('antecedentes');
  });
});

describe('how long a disease is there', () => {
  it('is no measure taken at home, its figure is', () => {
    expect(askedBy('O senhor tem diabetes há quanto tempo?')).not.toContain('medidas_em_casa');
    expect(askedBy('Há quanto tempo a senhora tem pressão alta?')).not.toContain('medidas_em_casa');
    expect(askedBy('Sua pressão está em quanto?')).toContain('medidas_em_casa');
    expect(askedBy('Quanto deu a glicemia?')).toContain('medidas_em_casa');
  });

  it('is no history when there is only no will to do anything', () => {
    expect(coveredBy('P: Não tenho vontade de fazer nada.')).not.toContain('antecedentes');
    expect(coveredBy('P: Não tenho nada, nunca fiquei doente.')).toContain('antecedentes');
  });
});

describe('every topic of the closed list', () => {
  const questions = [...questionBank.complaints, questionBank.fallback].flatMap((complaint) =>
    complaint.questions.map((question) => ({ complaint, question })),
  );

  it.each(anamnesisTopicKeys)('%s is open until the bank’s question for it is asked', (key) => {
    const asking = questions.filter(({ question }) => question.topic === key);
    expect(asking.length).toBeGreaterThan(0);
    const opens = { key, label: topicLabel(key), status: 'open' };
    const covers = { ...opens, status: 'covered', transcriptionId: 'u0' };
    const heard = asking.filter(({ complaint, question }) => {
      const said = { id: 'u0', speaker: 'MEDICO', text: question.ask } as const;
      expect(coverageItems(readCoverage([], [complaint]), [key])).toContainEqual(opens);
      const items = coverageItems(readCoverage([said], [complaint]), [key]);
      return isDeepStrictEqual(
        items.find((item) => item.key === key),
        covers,
      );
    });
    // One danger sign is not yet all of them.
    expect(heard.length).toBeGreaterThanOrEqual(key === 'sinais_alarme' ? 1 : asking.length);
  });

  it('is asked for in at least two wordings of the table, and told in one unless it is found out', () => {
    const rows = (name: string) =>
      Map.groupBy(readTable(name), ([topic]) => topic as AnamnesisTopic);
    const asked = rows('asked.tsv');
    const told = rows('told.tsv');
    expect(
      [...asked.keys(), ...told.keys()].filter((key) => !anamnesisTopicKeys.includes(key)),
    ).toEqual([]);
    expect(anamnesisTopicKeys.filter((key) => (asked.get(key)?.length ?? 0) < 2)).toEqual([]);
    // What these two gather has topics of its own where a patient tells it.
    const gathered: AnamnesisTopic[] = ['sintomas_associados', 'sinais_alarme'];
    const untold = anamnesisTopicKeys.filter((key) => !told.has(key));
    expect(untold.toSorted()).toEqual(gathered.toSorted());
  });
});

describe('danger signs', () => {
  it('are not covered by one of them, and are by two, in one question or one after the other', () => {
    expect(coveredBy('M: Desmaiou?')).not.toContain('sinais_alarme');
    expect(coveredBy('M: Desmaiou ou ficou confuso?')).toContain('sinais_alarme');
    expect(coveredBy('M: Desmaiou?\nP: Não.\nM: Ficou confuso?')).toContain('sinais_alarme');
  });

  it('are covered by a question for thoughts of death, which is all that is asked', () => {
    expect(coveredBy('M: Já pensou em tirar a própria vida?')).toContain('sinais_alarme');
  });
});

describe('what the patient tells', () => {
  it('is heard where the recogniser has put a question mark behind it', () => {
    expect(coveredBy('P: Fumei por vinte anos?')).toContain('habitos');
    expect(coveredBy('P: Posso fumar?')).toEqual([]);
  });

  it('of somebody else covers nothing of his own', () => {
    const line = 'P: Eu gosto de comida salgada, e minha mulher tem diabetes.';
    expect(coveredBy(line)).not.toContain('antecedentes');
    expect(coveredBy('P: Minha mãe falou que eu tenho diabetes.')).toContain('antecedentes');
    expect(coveredBy('P: Meu pai teve infarto.')).toContain('historia_familiar');
  });

  it.each(readTable('told.tsv'))('%s: %s', (topic, statement) => {
    expect(coveredBy(`P: ${statement}`)).toContain(topic);
  });

  it('keeps a denial', () => {
    const coverage = readCoverage(dialogue('P: Não tenho alergia a nada.'));
    expect(coverage.get('alergias')).toMatchObject({ denied: true, answeredIn: 'u0' });
    expect(
      readCoverage(dialogue('P: Sou alérgica a dipirona.')).get('alergias'),
    ).not.toHaveProperty('denied');
  });

  it('does not stretch a denial across a comma', () => {
    const coverage = readCoverage(dialogue('P: Não é isso, tenho alergia a dipirona.'));
    expect(coverage.get('alergias')).not.toHaveProperty('denied');
  });

  it('a bare mention of the complaint itself settles nothing', () => {
    const said = dialogue('P: Ele está com febre desde ontem à noite.');
    expect(readCoverage(said).has('febre')).toBe(true);
    expect(readCoverage(said, fever).has('febre')).toBe(false);
  });
});

describe('coverage', () => {
  it('remembers who asked, who answered and what came first', () => {
    const coverage = readCoverage(
      dialogue(`
        M: A senhora fuma?
        P: Parei faz dois anos.
        P: Ah, e tenho alergia a penicilina.
        M: A senhora tem alguma alergia?
      `),
    );
    expect(coverage.get('habitos')).toEqual({ askedIn: 'u0', answeredIn: 'u1', coveredIn: 'u0' });
    expect(coverage.get('alergias')).toMatchObject({
      askedIn: 'u3',
      answeredIn: 'u2',
      coveredIn: 'u2',
    });
  });

  it('hears an unknown voice by the form of what it says', () => {
    const coverage = readCoverage(dialogue('?: O senhor tem alergia?\n?: Tomo losartana de 50.'));
    expect(coverage.get('alergias')?.askedIn).toBe('u0');
    expect(coverage.get('medicacoes')?.answeredIn).toBe('u1');
  });

  it.each(sampleDialogues)('covers what was asked and no more: $name', (sample) => {
    const covered = new Set(readCoverage(sample.utterances).keys());
    expect(sample.asked.filter((topic) => !covered.has(topic))).toEqual([]);
    expect(sample.unasked.filter((topic) => covered.has(topic))).toEqual([]);
  });

  it('never forgets: more talk covers at least as much, by the same utterances', () => {
    const lines = sampleDialogues.flatMap((sample) => sample.utterances);
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { maxLength: 25 }), fc.nat(25), (talk, cut) => {
        const said = talk.map((line, at) => ({ ...line, id: `t${at}` }));
        const before = readCoverage(said.slice(0, cut));
        const after = readCoverage(said);
        for (const [topic, state] of before) {
          expect(after.get(topic)?.coveredIn).toBe(state.coveredIn);
        }
      }),
    );
  });

  it('takes no order for a question', () => {
    const ordered = 'M: Ofereça soro caseiro em colheradas. Não dê refrigerante.\nP: Está bem.';
    expect([...readCoverage(dialogue(ordered)).keys()]).toEqual([]);
    expect(readCoverage(dialogue('M: Ele aceita soro?')).has('hidratacao')).toBe(true);
  });

  it('takes no question without its mark for an order', () => {
    const told = (line: string) => coveredBy(`M: ${line}.\nP: Umas quatro.`);
    expect(told('Como é a dor, leve ou forte, de zero a dez')).toEqual(
      expect.arrayContaining(['carater', 'intensidade']),
    );
    expect(told('Quantas vezes o senhor tem que levantar à noite para urinar')).toContain(
      'diurese',
    );
    expect(told('O senhor precisa parar para descansar quando sobe escada')).not.toEqual([]);
    expect(told('Se tiver muita sede, leve na emergência')).toEqual([]);
  });

  it('counts one danger sign as the question that it also is', () => {
    const coverage = readCoverage(dialogue('M: Consegue segurar o xixi?\nP: Consigo.'));
    expect([...coverage.keys()]).toEqual(['diurese']);
  });

  it('is not told by what a pronoun of the other sex has', () => {
    const told = dialogue('P: Ele que está gripado, com febre e tosse, eu nem durmo.');
    expect(readCoverage(told, [], false, 'F').has('febre')).toBe(false);
    expect(readCoverage(told, [], false, 'M').has('febre')).toBe(true);
  });

  it('hears what was lost, what relieves and who sits where for what they are', () => {
    const told = (lines: string) => [...readCoverage(dialogue(lines)).keys()];
    expect(told('M: Perdeu líquido ou sangue?')).not.toContain('hidratacao');
    expect(told('P: Deitado de lado alivia.')).toContain('fatores_melhora');
    expect(told('M: Dorme com quantos travesseiros?')).toContain('fatores_piora');
    expect(told('P: De noite eu acordo sufocado.')).toContain('fatores_piora');
    expect(told('P: Ele está aqui do meu lado.')).not.toContain('localizacao');
    expect(told('P: Dói bem aqui do lado.')).toContain('localizacao');
  });

  it('lists the wanted, the covered and what every anamnesis needs, in one order', () => {
    const coverage = readCoverage(dialogue('M: O senhor ronca à noite?'));
    const items = coverageItems(coverage, ['irradiacao']);
    const keys = items.map((item) => item.key as AnamnesisTopic);
    expect(new Set(keys)).toEqual(
      new Set(['inicio', 'irradiacao', 'sono', 'antecedentes', 'medicacoes', 'alergias']),
    );
    expect(keys).toEqual(anamnesisTopicKeys.filter((key) => keys.includes(key)));
    expect(items.find((item) => item.key === 'sono')).toEqual({
      key: 'sono',
      label: 'Sono',
      status: 'covered',
      transcriptionId: 'u0',
    });
    expect(items.find((item) => item.key === 'irradiacao')).toEqual({
      key: 'irradiacao',
      label: 'Irradiação',
      status: 'open',
    });
  });
});
