import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const tabagismo: Complaint = {
  id: 'tabagismo',
  label: 'Parar de fumar',
  guideline: 'cuidado-cronico',
  audience: grown,
  terms: phrases(`
    parar|largar|deixar ~ fumar|cigarro
    vicio ~ cigarro
  `),
  ownTopics: ['habitos'],
  questions: [
    {
      topic: 'habitos',
      weight: 82,
      ask: 'Quantos cigarros por dia, e quanto tempo depois de acordar fuma o primeiro?',
      why: 'Mede a dependência e orienta o tratamento.',
      cites: 'autocuidado',
    },
    {
      topic: 'antecedentes',
      weight: 80,
      ask: 'Tem doença do coração, do pulmão, convulsão ou transtorno alimentar?',
      why: 'Convulsão contraindica bupropiona.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'sinais_alarme',
      weight: 80,
      redFlag: true,
      ask: 'Tem tosse com sangue, emagrecimento, falta de ar ou dor no peito?',
      why: 'Sinais de doença grave relacionada ao tabaco.',
      cites: 'dispneia#sinais-de-alarme',
    },
    {
      topic: 'rede_apoio',
      weight: 74,
      ask: 'Alguém mais fuma em casa? Quem pode apoiar?',
      why: 'O convívio com fumantes aumenta a recaída.',
      cites: 'autocuidado',
    },
    {
      topic: 'medicacoes',
      weight: 72,
      ask: 'Já tentou adesivo, goma ou remédio? Usa antidepressivo?',
      why: 'Tentativas anteriores orientam a escolha.',
      cites: 'revisao-da-medicacao',
    },
    {
      topic: 'sono',
      weight: 62,
      ask: 'Como estão o sono, a ansiedade e o humor?',
      why: 'Sintomas de humor aumentam a recaída.',
      cites: 'depressao#alcool-e-substancias',
    },
    {
      topic: 'historia_familiar',
      weight: 56,
      ask: 'Há câncer ou infarto na família?',
      why: 'Ajuda a definir risco e motivação.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'vacinas',
      weight: 54,
      ask: 'As vacinas de gripe e pneumonia estão em dia?',
      why: 'Fumantes têm risco maior de infecção respiratória.',
      cites: 'infeccao-respiratoria#contatos-e-vacinas',
    },
  ],
};
