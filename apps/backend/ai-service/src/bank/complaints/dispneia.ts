import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const dispneia: Complaint = {
  id: 'dispneia',
  label: 'Falta de ar',
  guideline: 'dispneia',
  terms: phrases(`
    falta de ar
    falta ~ ar
    dificuldade|cansaco|canso|cansado|cansada ~ respirar|subir|andar|esforco|escada
    sem folego
    falta ~ folego
    folego curto
    sufocad*|sufocando|sufoco
    dispneia
    respirar ~ dificil|pesado|mal
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 96,
      redFlag: true,
      ask: 'A falta de ar aparece em repouso, veio de repente ou com dor no peito, desmaio ou inchaço de uma perna?',
      why: 'Sugerem embolia, infarto ou insuficiência respiratória.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'fatores_piora',
      weight: 80,
      ask: 'Aparece com que esforço? Piora ao deitar ou acorda sufocado à noite?',
      why: 'Ortopneia e dispneia noturna sugerem insuficiência cardíaca.',
      cites: 'caracterizacao',
    },
    {
      topic: 'habitos',
      weight: 80,
      ask: 'Fuma ou já fumou? Trabalha com poeira, fumaça ou fogão a lenha?',
      why: 'Exposição define o risco de doença pulmonar obstrutiva.',
      cites: 'antecedentes-e-exposicao',
      audience: grown,
    },
    {
      topic: 'antecedentes',
      weight: 78,
      ask: 'Tem asma, doença do coração, trombose, anemia ou cirurgia recente?',
      why: 'Antecedentes apontam a causa mais provável.',
      cites: 'antecedentes-e-exposicao',
    },
    {
      topic: 'sintomas_associados',
      weight: 77,
      ask: 'Há tosse, chiado, inchaço nas pernas, palpitação ou febre?',
      why: 'O conjunto separa causa pulmonar de cardíaca.',
      cites: 'caracterizacao',
    },
    {
      topic: 'historia_familiar',
      weight: 62,
      ask: 'Alguém na família tem asma, trombose ou doença do coração?',
      why: 'Orienta o risco de trombose e doença pulmonar.',
      cites: 'antecedentes-e-exposicao',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Usa betabloqueador, anticoncepcional ou bombinha?',
      why: 'Podem causar, agravar ou indicar a causa.',
      cites: 'antecedentes-e-exposicao',
    },
    {
      topic: 'contatos',
      weight: 60,
      ask: 'Teve contato com pessoas gripadas, com tuberculose, mofo ou aves?',
      why: 'Exposições explicam causas infecciosas e alérgicas.',
      cites: 'antecedentes-e-exposicao',
    },
    {
      topic: 'alergias',
      weight: 60,
      ask: 'Tem alergia? Houve picada, alimento ou remédio novo?',
      why: 'Anafilaxia pode começar com falta de ar.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sono',
      weight: 56,
      ask: 'Acorda à noite com falta de ar? Usa quantos travesseiros?',
      why: 'Sugere congestão cardíaca ou asma não controlada.',
      cites: 'caracterizacao',
    },
  ],
};
