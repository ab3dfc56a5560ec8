import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const pesoExcesso: Complaint = {
  id: 'peso-excesso',
  vague: true,
  label: 'Excesso de peso',
  guideline: 'cuidado-cronico',
  terms: phrases(`
    emagrecer
    perder ~ peso|quilos
    acima do peso
    engord*
    obes*
    ganhei|ganhando ~ peso|quilos
  `),
  ownTopics: ['peso', 'perda_peso'],
  questions: [
    {
      topic: 'habitos',
      weight: 84,
      ask: 'Como são as refeições, os lanches, as bebidas e a atividade física na semana?',
      why: 'Base do plano de cuidado.',
      cites: 'autocuidado',
    },
    {
      topic: 'sono',
      weight: 76,
      ask: 'Como é o sono? Ronca ou tem sonolência durante o dia?',
      why: 'Apneia e sono curto favorecem o ganho de peso.',
      cites: 'hipertensao#habitos',
    },
    {
      topic: 'antecedentes',
      weight: 78,
      ask: 'Tem pressão alta, diabetes, problema de tireoide ou ovário policístico?',
      why: 'Comorbidades definem o risco e a conduta.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'medicacoes',
      weight: 76,
      ask: 'Usa corticoide, antidepressivo, hormônio ou já usou remédio para emagrecer?',
      why: 'Remédios podem causar ganho de peso ou risco.',
      cites: 'revisao-da-medicacao',
    },
    {
      topic: 'sinais_alarme',
      weight: 72,
      redFlag: true,
      ask: 'Tem episódios de comer sem controle, vômitos provocados, tristeza ou pensamentos de morte?',
      why: 'Transtornos alimentares e depressão mudam o tratamento.',
      cites: 'depressao#sinais-de-alarme',
    },
    {
      topic: 'historia_familiar',
      weight: 70,
      ask: 'Há obesidade, diabetes ou infarto na família?',
      why: 'Compõe o risco.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'rastreios',
      weight: 68,
      ask: 'Fez exames de glicemia, colesterol, fígado e tireoide?',
      why: 'Rastreia complicações.',
      cites: 'monitorizacao',
    },
    {
      topic: 'rede_apoio',
      weight: 64,
      ask: 'Quem cozinha em casa e quem pode apoiar as mudanças?',
      why: 'O apoio familiar aumenta o sucesso.',
      cites: 'autocuidado',
    },
    {
      topic: 'peso',
      weight: 62,
      ask: 'Qual o peso e a altura, e qual foi o maior peso?',
      why: 'Define o índice de massa corporal e a meta.',
      cites: 'autocuidado',
    },
  ],
};
