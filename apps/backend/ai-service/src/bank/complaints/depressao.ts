import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const depressao: Complaint = {
  id: 'depressao',
  label: 'Depressão',
  guideline: 'depressao',
  audience: { minYears: 8 },
  terms: phrases(`
    depress*|deprimid*
    triste|tristeza|desanim*|desesperanc*|vazio
    sem|perdi|falta ~ vontade|animo|prazer|esperanca|interesse
    chorar|choro|chorando ~
    nao ~ vontade|animo ~ nada|sair|levantar
    nao aguento mais
    luto
    vontade de sumir|morrer
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 98,
      redFlag: true,
      ask: 'Tem pensado em morrer ou em se machucar? Já fez algum plano ou tentativa?',
      why: 'O risco de suicídio deve ser perguntado de forma direta; perguntar não induz o ato.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'rede_apoio',
      weight: 86,
      ask: 'Com quem mora e quem pode apoiar neste momento?',
      why: 'O isolamento piora o prognóstico; a rede compõe o plano de segurança.',
      cites: 'rede-de-apoio',
    },
    {
      topic: 'habitos',
      weight: 80,
      ask: 'Tem usado álcool, calmantes ou outras substâncias? Com que frequência?',
      why: 'Substâncias agravam o humor e o risco de suicídio.',
      cites: 'alcool-e-substancias',
    },
    {
      topic: 'antecedentes',
      weight: 81,
      ask: 'Já teve depressão antes, ou fases de energia muito alta com pouca necessidade de sono?',
      why: 'Fases de euforia sugerem transtorno bipolar e mudam o tratamento.',
      cites: 'antecedentes-e-familia',
    },
    {
      topic: 'historia_familiar',
      weight: 79,
      ask: 'Alguém na família teve depressão, bipolaridade ou suicídio?',
      why: 'A história familiar aumenta o risco e orienta a escolha.',
      cites: 'antecedentes-e-familia',
    },
    {
      topic: 'sono',
      weight: 70,
      ask: 'Como estão o sono e a hora em que acorda?',
      why: 'Insônia ou sono em excesso são critérios e alvos do tratamento.',
      cites: 'alcool-e-substancias',
    },
    {
      topic: 'perda_peso',
      weight: 68,
      ask: 'Mudou o apetite ou o peso?',
      why: 'Alteração do apetite e do peso é critério diagnóstico.',
      cites: 'anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 72,
      ask: 'Usa algum remédio ou já usou antidepressivo? Como foi a resposta?',
      why: 'A resposta prévia orienta a escolha; remédios podem causar sintomas.',
      cites: 'conduta',
    },
    {
      topic: 'intensidade',
      weight: 62,
      ask: 'Quanto isso atrapalha o trabalho, os estudos e as tarefas de casa?',
      why: 'O prejuízo gradua a gravidade.',
      cites: 'anamnese',
    },
    {
      topic: 'gestacao',
      weight: 60,
      ask: 'Há possibilidade de gravidez, ou teve bebê no último ano?',
      why: 'Depressão perinatal exige cuidado e escolha de remédio próprios.',
      cites: 'antecedentes-e-familia',
      audience: fertile,
    },
    {
      topic: 'fatores_piora',
      weight: 58,
      ask: 'Aconteceu alguma perda ou mudança antes de começar?',
      why: 'Luto, violência e perdas orientam o cuidado.',
      cites: 'antecedentes-e-familia',
    },
    {
      topic: 'sintomas_associados',
      weight: 62,
      ask: 'Como estão a concentração, a energia e o prazer nas coisas de que gostava?',
      why: 'São critérios diagnósticos de depressão.',
      cites: 'anamnese',
    },
  ],
};
