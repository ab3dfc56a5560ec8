import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const constipacao: Complaint = {
  id: 'constipacao',
  label: 'Prisão de ventre',
  guideline: 'dor-abdominal',
  terms: phrases(`
    prisao de ventre
    intestino ~ preso|prende|trava*
    constipa*
    ressecad*|resseca*
    nao ~ evacuar|evacuo|coco
    hemorroid*
    sangr* ~ evacuar|fezes|anus
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 92,
      redFlag: true,
      ask: 'Há sangue nas fezes, fezes afiladas, vômitos ou parada de gases?',
      why: 'Sugerem obstrução ou câncer colorretal.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'perda_peso',
      weight: 82,
      ask: 'Perdeu peso ou apetite?',
      why: 'Sinal de alarme para câncer.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'historia_familiar',
      weight: 80,
      ask: 'Alguém na família teve câncer de intestino?',
      why: 'Antecipa a colonoscopia.',
      cites: 'sintomas-associados',
    },
    {
      topic: 'medicacoes',
      weight: 78,
      ask: 'Usa ferro, codeína, antidepressivo, cálcio ou laxante?',
      why: 'Remédios são causa frequente.',
      cites: 'medicacoes',
    },
    {
      topic: 'habitos',
      weight: 76,
      ask: 'Como são as fibras, a água e a atividade física no dia a dia?',
      why: 'Base do tratamento.',
      cites: 'conduta',
    },
    {
      topic: 'rastreios',
      weight: 70,
      ask: 'Já fez colonoscopia ou pesquisa de sangue nas fezes?',
      why: 'Rastreamento conforme idade e risco.',
      cites: 'sintomas-associados',
      audience: { minYears: 45 },
    },
    {
      topic: 'hidratacao',
      weight: 66,
      ask: 'Quanta água bebe por dia?',
      why: 'Pouca água resseca as fezes.',
      cites: 'conduta',
    },
    {
      topic: 'antecedentes',
      weight: 62,
      ask: 'Tem diabetes, problema de tireoide ou cirurgia abdominal?',
      why: 'São causas secundárias.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'frequencia',
      weight: 56,
      ask: 'Quantas vezes evacua por semana?',
      why: 'Menos de três vezes por semana define constipação.',
      cites: 'conduta',
    },
  ],
};
