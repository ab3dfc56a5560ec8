import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const diabetes: Complaint = {
  id: 'diabetes',
  label: 'Diabetes',
  guideline: 'diabetes-tipo-2',
  audience: { minYears: 10 },
  terms: phrases(`
    diabet*
    glicemia|glicose|glicada|insulina|metformina
    acucar ~ alto|alta|sangue|subiu|descontrolad*
  `),
  presumed: phrases(`
    diabet* ~ quanto tempo
    quanto tempo ~~ diabet*
  `),
  ownTopics: ['medidas_em_casa'],
  questions: [
    {
      topic: 'hipoglicemia',
      weight: 92,
      redFlag: true,
      ask: 'Tem tremor, suor frio, confusão ou mal-estar que melhora ao comer? Já teve açúcar baixo?',
      why: 'A hipoglicemia limita o tratamento e pode ser grave.',
      cites: 'hipoglicemia',
    },
    {
      topic: 'exame_pes',
      weight: 88,
      ask: 'Tem feridas, dormência, formigamento ou queimação nos pés?',
      why: 'O pé diabético é evitável; perguntar e examinar ao menos uma vez por ano.',
      cites: 'pes-e-complicacoes',
    },
    {
      topic: 'adesao',
      weight: 84,
      ask: 'Toma os remédios ou a insulina todos os dias? Quantas vezes esquece na semana?',
      why: 'Checar a adesão antes de aumentar a dose.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'medidas_em_casa',
      weight: 83,
      ask: 'Mede a glicemia em casa? Quais os valores em jejum e depois das refeições?',
      why: 'Os valores orientam o ajuste do tratamento.',
      cites: 'monitorizacao',
    },
    {
      topic: 'rastreios',
      weight: 82,
      ask: 'Quando fez a última hemoglobina glicada, o fundo de olho e o exame dos rins?',
      why: 'O rastreio anual de complicações faz parte do cuidado.',
      cites: 'pes-e-complicacoes',
    },
    {
      topic: 'habitos',
      weight: 78,
      ask: 'Como são a alimentação, as bebidas doces, a atividade física, o álcool e o cigarro?',
      why: 'Hábitos determinam o controle.',
      cites: 'habitos-e-peso',
    },
    {
      topic: 'sinais_alarme',
      weight: 80,
      redFlag: true,
      ask: 'Tem muita sede e urina, vômitos, visão embaçada, dor no peito ou ferida infectada?',
      why: 'Sugerem descompensação ou complicação aguda.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'efeitos_adversos',
      weight: 76,
      ask: 'Algum remédio causa diarreia, enjoo ou outro incômodo?',
      why: 'Efeitos da metformina são comuns e contornáveis.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'historia_familiar',
      weight: 62,
      ask: 'Alguém na família tem diabetes ou teve infarto?',
      why: 'Compõe o risco cardiovascular.',
      cites: 'habitos-e-peso',
    },
    {
      topic: 'perda_peso',
      weight: 66,
      ask: 'O peso mudou nos últimos meses?',
      why: 'Perda rápida indica descompensação; ganho, efeito do tratamento.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'peso',
      weight: 58,
      ask: 'Qual o peso atual?',
      why: 'Perder 5 a 10% melhora o controle.',
      cites: 'habitos-e-peso',
    },
    {
      topic: 'vacinas',
      weight: 62,
      ask: 'As vacinas de gripe, pneumonia e hepatite B estão em dia?',
      why: 'São indicadas para quem tem diabetes.',
      cites: 'conduta',
    },
    {
      topic: 'antecedentes',
      weight: 66,
      ask: 'Tem pressão alta, doença do coração, dos rins ou dos olhos?',
      why: 'Definem o remédio de preferência.',
      cites: 'conduta',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Quais remédios toma e em que dose?',
      why: 'Sulfonilureia e insulina causam hipoglicemia.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'diurese',
      weight: 60,
      ask: 'Urina muito ou acorda à noite para urinar?',
      why: 'Poliúria indica glicemia alta.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'rede_apoio',
      weight: 56,
      ask: 'Quem ajuda com os remédios e a alimentação em casa?',
      why: 'O apoio da família melhora o controle.',
      cites: 'habitos-e-peso',
    },
    {
      topic: 'alergias',
      weight: 50,
      ask: 'Tem alergia a algum remédio?',
      why: 'Necessário antes de prescrever.',
      cites: 'cuidado-cronico#adesao-e-efeitos',
    },
  ],
};
