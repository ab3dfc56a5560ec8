import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile, grown } from '../complaint.ts';

export const ginecologica: Complaint = {
  id: 'ginecologica',
  label: 'Corrimento, sangramento e contracepção',
  guideline: 'saude-da-mulher',
  audience: { sex: 'F', minYears: 9 },
  terms: phrases(`
    corrimento
    coceira|coca* ~ vagina*|intima|intimas|partes
    menstruacao ~ atrasad*|irregular|forte|desce*|longa|muito|dolorida|veio
    sangramento ~ menstrua*|vaginal|fora|relacao|menopausa|escape
    anticoncepc*|pilula|diu ~
    colica ~ menstrua*
    menopausa|climaterio
    ondas de calor
    caroco|nodulo ~ mama|seio|peito
  `),
  ownTopics: ['gestacao'],
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 90,
      redFlag: true,
      ask: 'Há dor pélvica forte, febre, tontura ou sangramento que troca mais de um absorvente por hora?',
      why: 'Sugerem gestação ectópica, infecção pélvica ou perda importante.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'gestacao',
      weight: 88,
      redFlag: true,
      ask: 'Qual a data da última menstruação? Há possibilidade de gravidez?',
      why: 'Excluir gestação vem primeiro em idade fértil.',
      cites: 'anamnese',
      audience: fertile,
    },
    {
      topic: 'rastreios',
      weight: 78,
      ask: 'Quando fez o último preventivo, a mamografia e os testes de sífilis e HIV?',
      why: 'Oportunidade de rastreamento.',
      cites: 'rastreios',
    },
    {
      topic: 'antecedentes',
      weight: 76,
      ask: 'Tem enxaqueca com aura, pressão alta, trombose ou já teve infecção sexualmente transmissível?',
      why: 'Contraindicam estrogênio e orientam a investigação.',
      cites: 'contracepcao',
    },
    {
      topic: 'historia_familiar',
      weight: 72,
      ask: 'Alguém na família teve câncer de mama ou ovário, ou trombose?',
      why: 'Muda o rastreamento e o método.',
      cites: 'rastreios',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Usa anticoncepcional, anticoagulante ou outro remédio?',
      why: 'Podem causar sangramento ou perder eficácia.',
      cites: 'contracepcao',
    },
    {
      topic: 'habitos',
      weight: 66,
      ask: 'Fuma?',
      why: 'Tabagismo após os 35 anos contraindica estrogênio.',
      cites: 'contracepcao',
      audience: grown,
    },
    {
      topic: 'contatos',
      weight: 64,
      ask: 'Há parceria nova ou com sintomas?',
      why: 'Orienta testes e tratamento das parcerias.',
      cites: 'anamnese',
    },
    {
      topic: 'carater',
      weight: 60,
      ask: 'Qual a cor e o cheiro do corrimento, ou o volume do sangramento?',
      why: 'Diferencia as causas.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 54,
      ask: 'Tem alergia a algum remédio?',
      why: 'Necessário antes de prescrever.',
      cites: 'conduta',
    },
    {
      topic: 'vacinas',
      weight: 54,
      ask: 'Tomou a vacina contra HPV?',
      why: 'Previne câncer de colo do útero.',
      cites: 'rastreios',
    },
  ],
};
