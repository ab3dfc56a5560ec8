import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const olhoVermelho: Complaint = {
  id: 'olho-vermelho',
  label: 'Olho vermelho',
  guideline: 'olho-vermelho',
  terms: phrases(`
    olho|olhos ~ vermelh*|irritad*|coca*|remela|secrecao|inchad*|ard*|lacrimej*|doi|doendo
    conjuntivite
    vista ~ embaca*|turva|doendo
    tercol
  `),
  alarm: phrases(`
    vista|visao ~
    luz
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'A visão diminuiu, há dor forte, muita sensibilidade à luz ou usa lente de contato?',
      why: 'Sugerem ceratite, uveíte ou glaucoma agudo.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'trauma',
      weight: 84,
      redFlag: true,
      ask: 'Entrou algo no olho, ou teve pancada ou produto químico?',
      why: 'Corpo estranho e queimadura química são urgências.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'contatos',
      weight: 80,
      ask: 'Alguém próximo está com conjuntivite?',
      why: 'Sugere causa infecciosa e orienta o afastamento.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 72,
      ask: 'Tem alergias respiratórias ou a colírios e remédios?',
      why: 'Conjuntivite alérgica é frequente.',
      cites: 'anamnese',
    },
    {
      topic: 'carater',
      weight: 66,
      ask: 'A secreção é aquosa ou amarelada e gruda os olhos?',
      why: 'Diferencia viral de bacteriana.',
      cites: 'anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 66,
      ask: 'Já usou algum colírio?',
      why: 'Colírio com corticoide pode agravar.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 62,
      ask: 'Tem glaucoma, diabetes, doença reumática ou cirurgia no olho?',
      why: 'Mudam a urgência e o diagnóstico.',
      cites: 'anamnese',
    },
  ],
};
