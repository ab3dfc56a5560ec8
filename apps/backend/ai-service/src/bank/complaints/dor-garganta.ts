import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const dorGarganta: Complaint = {
  id: 'dor-garganta',
  label: 'Dor de garganta',
  guideline: 'dor-garganta-ouvido',
  terms: phrases(`
    dor ~ garganta
    garganta ~~ doi|doendo|doer|inflamad*|arranha*|irritad*|raspando|queimando|fechando
    doi ~ engolir
    amigdal*
    rouc*
  `),
  alarm: phrases(`
    engolir ~ saliva
    abrir ~ boca
    falta de ar
    incha* ~ pescoco
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 92,
      redFlag: true,
      ask: 'Consegue engolir a saliva e abrir bem a boca? Há falta de ar ou inchaço no pescoço?',
      why: 'Sugerem abscesso ou obstrução da via aérea.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'febre',
      weight: 78,
      ask: 'Teve febre? De quanto e desde quando?',
      why: 'Febre com exsudato e sem tosse sugere estreptococo.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 76,
      ask: 'Há tosse, coriza, rouquidão, manchas na pele ou caroços no pescoço?',
      why: 'Tosse e coriza apontam vírus; gânglios dolorosos, bactéria.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 80,
      ask: 'Tem alergia a penicilina ou amoxicilina? Como foi a reação?',
      why: 'É o tratamento de escolha quando bacteriana.',
      cites: 'antecedentes',
    },
    {
      topic: 'contatos',
      weight: 74,
      ask: 'Alguém próximo está com dor de garganta, escarlatina ou gripe?',
      why: 'O contato aumenta a probabilidade de causa infecciosa específica.',
      cites: 'antecedentes',
    },
    {
      topic: 'antecedentes',
      weight: 70,
      ask: 'Tem amigdalites repetidas ou já teve febre reumática?',
      why: 'Muda a indicação e a duração do antibiótico.',
      cites: 'antecedentes',
    },
    {
      topic: 'medicacoes',
      weight: 64,
      ask: 'Já tomou algum remédio ou antibiótico?',
      why: 'Uso prévio muda a escolha.',
      cites: 'conduta',
    },
    {
      topic: 'hidratacao',
      weight: 60,
      ask: 'Está conseguindo beber líquidos?',
      why: 'Dor ao engolir pode levar à desidratação.',
      cites: 'conduta',
    },
    {
      topic: 'vacinas',
      weight: 52,
      ask: 'As vacinas estão em dia?',
      why: 'Difteria e gripe entram no diferencial conforme a vacina.',
      cites: 'antecedentes',
    },
    {
      topic: 'habitos',
      weight: 54,
      ask: 'Fuma ou tem refluxo?',
      why: 'Causas de dor prolongada sem infecção.',
      cites: 'antecedentes',
      audience: grown,
    },
  ],
};
