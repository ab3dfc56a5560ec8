import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, child, grown } from '../complaint.ts';

export const tosse: Complaint = {
  id: 'tosse',
  label: 'Tosse e sintomas gripais',
  guideline: 'infeccao-respiratoria',
  terms: phrases(`
    tosse|tossindo|tossir|tosses
    gripe|gripad*|resfriad*|covid
    virose respiratoria
    catarro|coriza|espirr*
    nariz escorrendo|entupido
    peito ~ cheio|carregado|chiando
    pneumonia
  `),
  alarm: phrases(`
    falta de ar
    sangue ~ catarro|tosse|escarro
    dor ~ respirar
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Tem falta de ar, dor ao respirar, sangue no catarro ou confusão?',
      why: 'São sinais de gravidade que pedem avaliação presencial imediata.',
      cites: 'sinais-de-alarme',
      audience: grown,
    },
    {
      topic: 'sinais_alarme',
      weight: 93,
      redFlag: true,
      ask: 'A criança respira rápido, geme, afunda as costelas ou recusa líquidos? Tem lábios roxos ou muita sonolência?',
      why: 'Na criança são estes os sinais de gravidade, e pedem avaliação presencial imediata.',
      cites: 'sinais-de-alarme',
      audience: child,
    },
    {
      topic: 'febre',
      weight: 80,
      ask: 'Teve febre? De quanto e por quantos dias?',
      why: 'Febre alta ou que volta após melhora sugere pneumonia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'contatos',
      weight: 82,
      ask: 'Alguém próximo está com os mesmos sintomas, ou houve viagem ou contato com tuberculose?',
      why: 'A exposição orienta diagnóstico, isolamento e notificação.',
      cites: 'contatos-e-vacinas',
    },
    {
      topic: 'vacinas',
      weight: 77,
      ask: 'As vacinas de gripe, covid-19 e pneumonia estão em dia?',
      why: 'Estado vacinal muda risco e orientação.',
      cites: 'contatos-e-vacinas',
    },
    {
      topic: 'perda_peso',
      weight: 76,
      ask: 'Teve emagrecimento ou suor noturno?',
      why: 'Com tosse por três semanas ou mais, exigem pesquisa de tuberculose.',
      cites: 'anamnese',
      audience: grown,
    },
    {
      topic: 'habitos',
      weight: 75,
      ask: 'Fuma, convive com fumante ou usa cigarro eletrônico?',
      why: 'Tabagismo é causa de tosse prolongada e aumenta complicações.',
      cites: 'anamnese',
      audience: grown,
    },
    {
      topic: 'antecedentes',
      weight: 76,
      ask: 'Tem asma, bronquite, doença do coração, diabetes ou imunidade baixa?',
      why: 'Grupos de risco recebem antiviral e seguimento próximo.',
      cites: 'grupos-de-risco',
    },
    {
      topic: 'alergias',
      weight: 70,
      ask: 'Tem alergia a penicilina ou a outro remédio?',
      why: 'Necessário antes de antibiótico.',
      cites: 'conduta',
    },
    {
      topic: 'medicacoes',
      weight: 68,
      ask: 'Que remédios está usando, incluindo para pressão, e o que já tomou?',
      why: 'Inibidor da ECA causa tosse; automedicação muda a conduta.',
      cites: 'anamnese',
    },
    {
      topic: 'carater',
      weight: 66,
      ask: 'A tosse é seca ou com catarro? De que cor?',
      why: 'O tipo de tosse orienta a causa.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 66,
      ask: 'Há coriza, dor de garganta, dor no corpo, chiado ou perda do olfato?',
      why: 'O conjunto diferencia resfriado, gripe e outras causas.',
      cites: 'anamnese',
    },
    {
      topic: 'fatores_piora',
      weight: 56,
      ask: 'Piora à noite, ao deitar, com frio ou com esforço?',
      why: 'Sugere asma, refluxo ou gotejamento nasal.',
      cites: 'anamnese',
    },
    {
      topic: 'hidratacao',
      weight: 60,
      ask: 'Está aceitando líquidos e se alimentando?',
      why: 'Recusa de líquidos é sinal de gravidade em crianças e idosos.',
      cites: 'sinais-de-alarme',
      audience: { maxYears: 5 },
    },
  ],
};
