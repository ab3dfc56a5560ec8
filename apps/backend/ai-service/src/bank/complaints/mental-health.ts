import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const mentalHealth: Complaint[] = [
  {
    id: 'ansiedade',
    label: 'Ansiedade',
    guideline: 'ansiedade',
    audience: { minYears: 8 },
    terms: phrases(`
      ansiedade|ansios*|panico
      nervos*|agitad*|preocupad* ~ demais|muito|tudo|sempre
      crise|crises ~ ansiedade|panico|nervos*|choro
      coracao acelerado|disparado|dispara
      aperto ~ garganta|peito
      medo ~ morrer|sair|tudo|ficar
      pensamento* ~ aceler*|nao para
      nao consigo relaxar|desligar
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 96,
        redFlag: true,
        ask: 'Em algum momento pensou que não vale a pena viver ou em se machucar?',
        why: 'O risco de suicídio deve ser perguntado em toda avaliação de ansiedade.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'rede_apoio',
        weight: 82,
        ask: 'Com quem mora e com quem pode contar neste momento?',
        why: 'A rede de apoio faz parte do plano e da segurança.',
        cites: 'rede-de-apoio',
      },
      {
        topic: 'antecedentes',
        weight: 81,
        ask: 'Já teve ansiedade ou depressão antes, fez tratamento, ou tem doença da tireoide ou do coração?',
        why: 'Episódios prévios e causas clínicas mudam o tratamento.',
        cites: 'antecedentes-e-familia',
      },
      {
        topic: 'historia_familiar',
        weight: 80,
        ask: 'Alguém na família tem ansiedade, depressão, bipolaridade ou dependência?',
        why: 'A história familiar orienta risco e escolha do remédio.',
        cites: 'antecedentes-e-familia',
      },
      {
        topic: 'habitos',
        weight: 82,
        ask: 'Quanto toma de café, energético ou álcool? Usa cigarro ou outras substâncias?',
        why: 'Estimulantes e abstinência provocam e mantêm a ansiedade.',
        cites: 'substancias',
      },
      {
        topic: 'fatores_piora',
        weight: 68,
        ask: 'Aconteceu alguma mudança ou situação difícil que disparou ou piora os sintomas?',
        why: 'Gatilhos orientam o plano terapêutico.',
        cites: 'anamnese',
      },
      {
        topic: 'sono',
        weight: 68,
        ask: 'Como está o sono: demora a dormir, acorda à noite?',
        why: 'A insônia é sintoma e fator de manutenção.',
        cites: 'sono',
      },
      {
        topic: 'perda_peso',
        weight: 62,
        ask: 'Perdeu peso, sente muito calor ou tremor fino nas mãos?',
        why: 'Sugerem hipertireoidismo, que imita ansiedade.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 72,
        ask: 'Usa algum remédio, calmante ou hormônio, com ou sem receita?',
        why: 'Remédios podem causar ansiedade ou dependência.',
        cites: 'substancias',
      },
      {
        topic: 'sintomas_associados',
        weight: 66,
        ask: 'Além disso, sente falta de ar, tremor, suor, formigamento ou medo de morrer?',
        why: 'Caracterizam crise de pânico e excluem outras causas.',
        cites: 'anamnese',
      },
      {
        topic: 'intensidade',
        weight: 58,
        ask: 'Quanto isso atrapalha o trabalho, os estudos ou a convivência?',
        why: 'O prejuízo define a gravidade.',
        cites: 'anamnese',
      },
    ],
  },
  {
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
        audience: { sex: 'F', minYears: 11, maxYears: 55 },
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
  },
  {
    id: 'insonia',
    label: 'Insônia',
    guideline: 'insonia',
    ownTopics: ['sono'],
    terms: phrases(`
      insonia
      nao ~ dormir|durmo|dorme|pegar
      dificuldade ~ dormir|sono
      durmo mal|pouco
      sono ~ ruim|pessimo|nao vem
      acordo ~ madrugada|noite
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 88,
        redFlag: true,
        ask: 'Tem pensamentos de morte, ou cochila ao dirigir ou trabalhar?',
        why: 'Risco de suicídio e sonolência perigosa exigem ação imediata.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'habitos',
        weight: 84,
        ask: 'Usa café, energético, álcool ou telas à noite? Como é a rotina antes de deitar?',
        why: 'Hábitos são a primeira causa a corrigir.',
        cites: 'habitos-e-medicacoes',
      },
      {
        topic: 'sono',
        weight: 80,
        ask: 'A que horas deita, quanto demora a dormir, quantas vezes acorda e a que horas levanta?',
        why: 'O padrão define o tipo de insônia e a conduta.',
        cites: 'anamnese',
      },
      {
        topic: 'medicacoes',
        weight: 78,
        ask: 'Já usou zolpidem, clonazepam, antialérgico ou chás para dormir? Por quanto tempo?',
        why: 'Uso prolongado gera dependência e piora o sono.',
        cites: 'habitos-e-medicacoes',
      },
      {
        topic: 'antecedentes',
        weight: 72,
        ask: 'Tem ansiedade, depressão, dor, refluxo ou outra doença que atrapalhe o sono?',
        why: 'A insônia é muitas vezes secundária.',
        cites: 'anamnese',
      },
      {
        topic: 'fatores_piora',
        weight: 66,
        ask: 'Há preocupação, mudança ou estresse que coincidiu com o início?',
        why: 'Gatilhos orientam o tratamento.',
        cites: 'anamnese',
      },
      {
        topic: 'rede_apoio',
        weight: 64,
        ask: 'Como estão as coisas em casa e com quem pode contar?',
        why: 'Sobrecarga e conflitos mantêm a insônia.',
        cites: 'ansiedade#rede-de-apoio',
      },
      {
        topic: 'sintomas_associados',
        weight: 66,
        ask: 'Ronca, tem pernas inquietas, tristeza, calores ou acorda para urinar?',
        why: 'Apontam apneia, pernas inquietas, depressão ou climatério.',
        cites: 'anamnese',
      },
      {
        topic: 'frequencia',
        weight: 52,
        ask: 'Quantas noites por semana isso acontece?',
        why: 'Três noites por semana por três meses definem insônia crônica.',
        cites: 'anamnese',
      },
    ],
  },
];
