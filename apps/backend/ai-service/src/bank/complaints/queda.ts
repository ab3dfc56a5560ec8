import { fallsOfThing } from '../../services/talk/falls.ts';
import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const queda: Complaint = {
  id: 'queda',
  label: 'Queda e pancada na cabeça',
  guideline: 'trauma-craniano-leve',
  terms: phrases(`
    bati|bateu|batida|pancada|machuquei|machucou ~ cabeca|testa|nuca
    galo na|no|em cabeca|testa|lado
    ficou|fez|formou|com um? galo
    eu cai
    cai|caiu da|do|na|no|em escada|cama|banheiro|box|rua|calcada|chao|moto|bicicleta|cadeira|telhado|tapete|rede|berco|sofa|cavalo|muro|quintal|cozinha|quarto|sala|casa
    cai|caiu ~ vez|vezes ~
    levei|levou|tomei|tomou ~ tombo|queda
    escorreguei|escorregou|tropecei|tropecou
  `),
  meansOther: fallsOfThing,
  ownTopics: ['trauma'],
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 96,
      redFlag: true,
      ask: 'Desmaiou, vomitou, teve convulsão, confusão, fraqueza de um lado ou dor de cabeça que piora?',
      why: 'São sinais de lesão dentro do crânio, que pedem hospital e tomografia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 94,
      redFlag: true,
      ask: 'Usa anticoagulante, aspirina ou outro remédio que afina o sangue?',
      why: 'Pancada na cabeça com anticoagulante precisa de avaliação urgente.',
      cites: 'sinais-de-alarme',
      audience: grown,
    },
    {
      topic: 'trauma',
      weight: 82,
      ask: 'Como foi a queda, de que altura, a que horas e onde bateu?',
      why: 'Altura e mecanismo mudam o risco.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 84,
      ask: 'Antes de cair sentiu tontura, palpitação ou a vista escurecer?',
      why: 'Queda por desmaio ou arritmia precisa de investigação própria.',
      cites: 'anamnese',
    },
    {
      topic: 'localizacao',
      weight: 78,
      ask: 'Onde dói agora? Há dor no pescoço, no quadril ou ao apoiar o pé?',
      why: 'Procura lesão do pescoço e fratura.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 80,
      ask: 'Já teve outras quedas neste ano? Tem problema de equilíbrio, de visão ou osteoporose?',
      why: 'Duas ou mais quedas no ano pedem avaliação do risco.',
      cites: 'idoso-e-quedas#anamnese-da-queda',
      audience: { minYears: 60 },
    },
    {
      topic: 'rede_apoio',
      weight: 66,
      ask: 'Quem pode acompanhar e observar em casa nas próximas 24 horas?',
      why: 'A observação em casa só é segura com um adulto responsável.',
      cites: 'conduta-em-casa',
    },
    {
      topic: 'habitos',
      weight: 62,
      ask: 'Bebeu álcool antes de cair?',
      why: 'O álcool aumenta o risco e confunde o exame.',
      cites: 'anamnese',
      audience: grown,
    },
    {
      topic: 'vacinas',
      weight: 60,
      ask: 'Se houve ferida, a vacina contra tétano está em dia?',
      why: 'Ferida pede conferir a proteção contra tétano.',
      cites: 'anamnese',
    },
  ],
};
