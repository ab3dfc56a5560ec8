import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const tireoide: Complaint = {
  id: 'tireoide',
  label: 'Tireoide',
  guideline: 'tireoide',
  terms: phrases(`
    tireoide|hipotireoidismo|hipertireoidismo|bocio
    nodulo|caroco ~ pescoco|tireoide
    levotiroxina|puran|euthyrox
    cabelo ~ caindo|cai|caiu
    queda ~ cabelo
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 90,
      redFlag: true,
      ask: 'Tem caroço no pescoço que cresce, rouquidão, dificuldade para engolir ou respirar, visão dupla ou confusão?',
      why: 'Nódulo que cresce, compressão e disfunção grave precisam de avaliação rápida.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sintomas_associados',
      weight: 82,
      ask: 'Sente mais frio ou mais calor que os outros, tremor, palpitação, pele seca ou intestino preso?',
      why: 'Separam falta de hormônio de excesso.',
      cites: 'anamnese',
    },
    {
      topic: 'peso',
      weight: 78,
      ask: 'Ganhou ou perdeu peso? Quanto está pesando?',
      why: 'Ganho discreto sugere falta, perda com apetite mantido sugere excesso.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 76,
      ask: 'Já teve problema de tireoide, cirurgia ou radiação no pescoço, diabetes tipo 1 ou vitiligo?',
      why: 'São causas e doenças associadas.',
      cites: 'antecedentes-e-medicacoes',
    },
    {
      topic: 'medicacoes',
      weight: 76,
      ask: 'Quais remédios usa, como amiodarona, lítio, biotina ou fórmula para emagrecer?',
      why: 'Mudam a função da tireoide ou o exame.',
      cites: 'antecedentes-e-medicacoes',
    },
    {
      topic: 'historia_familiar',
      weight: 72,
      ask: 'Alguém na família tem doença ou câncer de tireoide?',
      why: 'Aumenta a probabilidade.',
      cites: 'antecedentes-e-medicacoes',
    },
    {
      topic: 'gestacao',
      weight: 74,
      ask: 'Há possibilidade de gravidez, ou teve bebê no último ano?',
      why: 'Na gestação a meta e a dose mudam cedo.',
      cites: 'encaminhamento',
      audience: fertile,
    },
    {
      topic: 'rastreios',
      weight: 66,
      ask: 'Já fez exame da tireoide? Quando e qual foi o resultado?',
      why: 'O primeiro exame alterado é repetido antes de tratar.',
      cites: 'exame',
    },
    {
      topic: 'sono',
      weight: 60,
      ask: 'Como estão o sono e a memória?',
      why: 'Insônia aponta para excesso, sonolência e esquecimento para falta.',
      cites: 'anamnese',
    },
  ],
};
