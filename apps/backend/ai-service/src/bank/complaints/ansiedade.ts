import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const ansiedade: Complaint = {
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
};
