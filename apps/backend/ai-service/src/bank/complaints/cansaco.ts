import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile, grown } from '../complaint.ts';

export const cansaco: Complaint = {
  id: 'cansaco',
  vague: true,
  label: 'Cansaço',
  guideline: 'anamnese-geral',
  terms: phrases(`
    cansaco|cansad* ~ muito|sempre|demais|dia|toda?
    cansaco
    fadiga|fraqueza|indisposi*|exaust*
    sem energia|forca|disposicao
    anemia
    moleza
  `),
  questions: [
    {
      topic: 'perda_peso',
      weight: 84,
      redFlag: true,
      ask: 'Perdeu peso, teve febre ou suor noturno?',
      why: 'Sugerem infecção crônica, câncer ou doença endócrina.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sinais_alarme',
      weight: 86,
      redFlag: true,
      ask: 'Tem falta de ar, dor no peito, desmaio, sangramento ou pensamentos de morte?',
      why: 'São sinais de alarme em qualquer queixa de cansaço.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sono',
      weight: 80,
      ask: 'Como é o sono: horas, ronco, acorda descansado?',
      why: 'Sono ruim e apneia são causas comuns.',
      cites: 'insonia#anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 74,
      ask: 'Como estão o humor e a vontade de fazer as coisas? Há palpitação, frio ou queda de cabelo?',
      why: 'Rastreia depressão, anemia e tireoide.',
      cites: 'depressao#anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 74,
      ask: 'Que remédios usa, incluindo calmante e para pressão?',
      why: 'Vários remédios causam cansaço.',
      cites: 'medicacoes-e-alergias',
    },
    {
      topic: 'gestacao',
      weight: 72,
      ask: 'Como é o fluxo menstrual? Há possibilidade de gravidez?',
      why: 'Fluxo intenso causa anemia; gestação causa cansaço.',
      cites: 'saude-da-mulher#anamnese',
      audience: fertile,
    },
    {
      topic: 'antecedentes',
      weight: 72,
      ask: 'Tem anemia, tireoide, diabetes, depressão ou doença do coração?',
      why: 'São causas frequentes.',
      cites: 'antecedentes',
    },
    {
      topic: 'habitos',
      weight: 70,
      ask: 'Como são a alimentação, o trabalho, o exercício e o álcool?',
      why: 'Sobrecarga e dieta explicam muitos casos.',
      cites: 'habitos-e-contexto',
      audience: grown,
    },
    {
      topic: 'historia_familiar',
      weight: 60,
      ask: 'Há anemia, tireoide, diabetes ou câncer na família?',
      why: 'Orienta os exames.',
      cites: 'antecedentes',
    },
    {
      topic: 'rede_apoio',
      weight: 60,
      ask: 'Como estão as coisas em casa e no trabalho?',
      why: 'Sobrecarga e sofrimento psíquico são causas comuns.',
      cites: 'habitos-e-contexto',
    },
    {
      topic: 'fatores_piora',
      weight: 56,
      ask: 'Piora com esforço ou já acorda cansado?',
      why: 'Separa causa cardiopulmonar de sono e humor.',
      cites: 'queixa-atual',
    },
  ],
};
