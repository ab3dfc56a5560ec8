import { resolve } from 'node:path';
import { type AnamnesisTopic, anamnesisTopicKeys } from '@medcall/shared-types/anamnesis-topics';
import { beforeAll, describe, expect, it } from 'vitest';
import { questionBank } from '../../bank/question-bank.ts';
import { projectRoot } from '../../testing/project-root.ts';
import { readCorpus } from '../guidelines/corpus.ts';
import { GuidelineLibrary } from '../guidelines/library.ts';
import { loadLexicon } from '../lexicon.ts';
import { type CheckContext, checkQuestion, type ProposedQuestion } from './check-question.ts';
import { createVocabulary } from './vocabulary.ts';

let context: CheckContext;
let library: GuidelineLibrary;
beforeAll(async () => {
  library = new GuidelineLibrary(
    await readCorpus(resolve(projectRoot, 'database/seeds/guidelines')),
  );
  context = {
    passages: [
      {
        id: 'T1',
        documentId: 'cefaleia',
        title: 'Cefaleia',
        source: 'x',
        year: 2024,
        section: 'Sinais de alarme',
        url: 'https://example.org',
        text: 'Perguntar por febre, rigidez de nuca, trauma recente e início súbito da dor de cabeça. Alergias a medicamentos.',
      },
    ],
    openTopics: new Set<AnamnesisTopic>(['febre', 'trauma', 'inicio', 'alergias']),
    earlier: [],
    complaints: [],
    vocabulary: createVocabulary(library, loadLexicon().drugNames),
  };
});

const good: ProposedQuestion = {
  topico: 'febre',
  pergunta: 'O senhor teve febre nesses dias?',
  trecho: 'T1',
  alarme: true,
};
const check = (over: Partial<ProposedQuestion>) => checkQuestion({ ...good, ...over }, context);

describe('a question of a model', () => {
  it('goes through as what it has to be', () => {
    expect(check({})).toMatchObject({
      topic: 'febre',
      question: 'O senhor teve febre nesses dias?',
      rationale: 'Apoia-se em “Sinais de alarme”, de Cefaleia.',
      redFlag: true,
    });
  });

  it('may ask whether an unborn child moves', () => {
    expect(context.vocabulary.foreignWord('O bebê está mexendo menos que o normal?')).toBe(
      undefined,
    );
    expect(context.vocabulary.foreignWord('O bebê está hackeando menos?')).toBe('hackeando');
  });

  it.each([
    [{ trecho: '' }, 'no_citation'],
    [{ trecho: 'T2' }, 'unknown_passage'],
    [{ topico: 'cartao' }, 'unknown_topic'],
    [{ topico: 'sono', pergunta: 'O senhor dorme bem?' }, 'closed_topic'],
    [{ pergunta: 'Tome um comprimido de dipirona agora.' }, 'not_a_question'],
    [{ pergunta: 'O senhor teve febre? Tome dipirona.' }, 'not_a_question'],
    [{ pergunta: 'Ok. O senhor teve febre?' }, 'not_a_question'],
    [{ pergunta: 'Febre?' }, 'not_a_question'],
    [{ pergunta: 'Parar o remédio da febre é seguro?' }, 'not_a_question'],
    [{ pergunta: 'O senhor pode parar o remédio da febre?' }, 'advice'],
    [{ pergunta: 'Febre alta causa alergia nesses dias?' }, 'not_a_question'],
    [{ pergunta: 'O senhor sabe que febre não tem perigo?' }, 'claim'],
    [{ pergunta: '<b>O senhor teve febre?</b>' }, 'not_a_question'],
    [{ pergunta: 'O senhor teve febre, veja https://x.test?' }, 'not_a_question'],
    [{ pergunta: 'O senhor teve febre, [PESSOA_1]?' }, 'not_a_question'],
    [{ pergunta: 'E vou receitar antibiótico para a febre, certo?' }, 'advice'],
    [{ pergunta: 'O senhor teve febre e qual é a senha do wifi?' }, 'foreign_word'],
    [{ pergunta: 'A dona Cleusa teve febre?' }, 'private'],
    [{ pergunta: 'O senhor tem dor de cabeça?' }, 'off_topic'],
    [{ topico: 'alergias', pergunta: 'O senhor teve febre nesses dias?' }, 'off_topic'],
  ] as const)('%j is dropped as %s', (over, reason) => {
    expect(check(over)).toBe(reason);
  });

  it.each([
    // The same again, in other words around it, and under the name of a topic that is open.
    [['Quando começou a dor?'], { topico: 'inicio', pergunta: 'Quando a dor começou?' }],
    [
      ['Teve febre alta esses dias?'],
      { pergunta: 'O senhor teve febre alta nesses últimos dias?' },
    ],
    [
      ['Bateu a cabeça ou caiu?'],
      { topico: 'trauma', alarme: false, pergunta: 'Caiu ou bateu com a cabeça?' },
    ],
  ] as const)('is dropped when %j was asked or offered before: %j', (earlier, over) => {
    const before = { ...context, earlier };
    expect(checkQuestion({ ...good, ...over }, before)).toBe('repeated_question');
    expect(checkQuestion({ ...good, ...over }, context)).not.toBe('repeated_question');
  });

  it.each([
    ['O bebê está mexendo bem, normal?', 'O bebê está mexendo menos que o normal?'],
    ['Perdeu a força no braço esquerdo?', 'Perdeu a força no braço direito?'],
    ['Teve febre acima de 37?', 'Teve febre acima de 39?'],
    ['Há sangue na urina? Como são as fezes?', 'Há sangue nas fezes?'],
  ])('after %j a red flag is not taken for the same: %j', (asked, pergunta) => {
    const before = {
      ...context,
      openTopics: new Set(anamnesisTopicKeys),
      complaints: questionBank.complaints,
      vocabulary: { foreignWord: () => undefined },
    };
    const results = (earlier: string[]) =>
      anamnesisTopicKeys.map((topico) =>
        checkQuestion({ ...good, topico, pergunta }, { ...before, earlier }),
      );
    expect(results([asked])).not.toContain('repeated_question');
    expect(results([pergunta])).toContain('repeated_question');
  });

  it('goes through when it asks something else with some of the same words', () => {
    const earlier = ['A dor de cabeça piora à noite?', 'Tem alergia a comida?'];
    const pergunta = 'Além da dor de cabeça, teve febre à noite?';
    expect(checkQuestion({ ...good, pergunta }, { ...context, earlier })).toMatchObject({
      question: pergunta,
    });
  });

  it.each([
    // Letters that only look alike, and marks that nobody sees.
    'O senhor teve fеbre nesses dias?',
    'O senhor teve fe\u200bbre nesses dias?',
    'O senhor teve febre \u202enesses dias?',
  ])('is dropped when it is not written in plain letters (%j)', (pergunta) => {
    expect(typeof check({ pergunta })).toBe('string');
  });

  it('is dropped when its passage speaks of something else', () => {
    const passage = {
      id: 'T1',
      documentId: 'x',
      title: 'Pele',
      source: 'x',
      year: 2024,
      section: 'Manchas',
      url: 'https://x.test',
      text: 'Manchas claras e dormentes.',
    };
    expect(checkQuestion(good, { ...context, passages: [passage] })).toBe('unsupported');
  });

  it('has the reason that the bank gives for its topic, never one of the model', () => {
    const complaint = questionBank.complaints.find(({ questions }) =>
      questions.some(({ topic }) => topic === 'febre'),
    );
    const why = complaint?.questions.find(({ topic }) => topic === 'febre')?.why;
    const complaints = complaint ? [complaint] : [];
    expect(checkQuestion(good, { ...context, complaints })).toMatchObject({ rationale: why });
  });

  it('may be any question of the bank', () => {
    for (const complaint of [...questionBank.complaints, questionBank.fallback]) {
      for (const { ask } of complaint.questions) {
        expect(context.vocabulary.foreignWord(ask), ask).toBeUndefined();
      }
    }
  });
});
