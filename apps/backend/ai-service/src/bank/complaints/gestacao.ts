import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const gestacao: Complaint = {
  id: 'gestacao',
  label: 'Gestação e pré-natal',
  guideline: 'pre-natal',
  ownTopics: ['gestacao'],
  audience: { sex: 'F', minYears: 10, maxYears: 55 },
  terms: phrases(`
    gravid*|gestante|gestacao|prenatal
    pre natal
    # semanas ~ gravidez|gestacao|gravida|bebe
    estou|to|estava com|de # ~ semanas|meses
    teste|exame ~ gravidez ~ positivo
    bebe nao ~ mexendo|mexeu
    bebe parou ~ mexer
    bebe ~ mexe*|mexendo menos|pouco|normal|desde
    bebe ~ mexe*|mexendo ~ barriga
    bebe na minha? barriga
  `),
  presumed: phrases(`
    quantas semanas ~ gravidez|gestacao
    de quantas semanas a? voce|senhora|esta
    quantas semanas a? voce|senhora esta agora|hoje
    voce|senhora|esta de quantas semanas
    bebe ~ mexe*|mexendo
    seu|do pre natal
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 95,
      redFlag: true,
      ask: 'Teve sangramento, perda de líquido, dor forte, dor de cabeça com vista embaçada ou o bebê mexeu menos?',
      why: 'São sinais de alarme obstétricos que pedem avaliação imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medidas_em_casa',
      weight: 86,
      redFlag: true,
      ask: 'Como está a pressão? Tem medido?',
      why: 'Pressão a partir de 140 por 90 exige avaliação no mesmo dia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'antecedentes',
      weight: 82,
      ask: 'Como foram as gestações anteriores? Tem pressão alta, diabetes, trombose ou outra doença?',
      why: 'Identifica o pré-natal de alto risco.',
      cites: 'antecedentes',
    },
    {
      topic: 'vacinas',
      weight: 80,
      ask: 'As vacinas dTpa, influenza e hepatite B estão em dia?',
      why: 'Protegem a gestante e o bebê.',
      cites: 'exames-e-vacinas',
    },
    {
      topic: 'rastreios',
      weight: 79,
      ask: 'Já fez os exames de sífilis, HIV, glicemia, urina e o ultrassom?',
      why: 'O rastreamento tem prazos em cada trimestre.',
      cites: 'exames-e-vacinas',
    },
    {
      topic: 'habitos',
      weight: 76,
      ask: 'Usa álcool, cigarro ou outras substâncias? Como são a alimentação e o trabalho?',
      why: 'Não há dose segura de álcool na gestação.',
      cites: 'habitos-e-medicacoes',
    },
    {
      topic: 'medicacoes',
      weight: 77,
      ask: 'Quais remédios, vitaminas e chás está usando? Toma ácido fólico e ferro?',
      why: 'Alguns remédios são contraindicados; suplementos são indicados.',
      cites: 'habitos-e-medicacoes',
    },
    {
      topic: 'rede_apoio',
      weight: 74,
      ask: 'Quem apoia em casa? Sente-se segura?',
      why: 'Apoio e violência são perguntados em todas as consultas.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 66,
      ask: 'Tem alergia a algum remédio?',
      why: 'Penicilina é o tratamento da sífilis na gestação.',
      cites: 'habitos-e-medicacoes',
    },
    {
      topic: 'historia_familiar',
      weight: 62,
      ask: 'Há diabetes, pressão alta, malformação ou gêmeos na família?',
      why: 'Completa a avaliação de risco.',
      cites: 'antecedentes',
    },
    {
      topic: 'diurese',
      weight: 68,
      ask: 'Sente ardência ao urinar ou alteração da urina?',
      why: 'Infecção urinária na gestação deve ser tratada mesmo sem sintomas.',
      cites: 'anamnese',
    },
    {
      topic: 'peso',
      weight: 56,
      ask: 'Qual o peso antes da gestação e o atual?',
      why: 'O ganho de peso é acompanhado em cada consulta.',
      cites: 'conduta',
    },
    {
      topic: 'sintomas_associados',
      weight: 60,
      ask: 'Tem náuseas, azia, corrimento ou inchaço?',
      why: 'Queixas comuns que podem esconder complicação.',
      cites: 'anamnese',
    },
  ],
};
