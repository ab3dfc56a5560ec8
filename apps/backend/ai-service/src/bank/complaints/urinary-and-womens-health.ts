import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

const fertile = { sex: 'F', minYears: 11, maxYears: 55 } as const;

export const urinaryAndWomensHealth: Complaint[] = [
  {
    id: 'infeccao-urinaria',
    label: 'Sintomas urinários',
    guideline: 'infeccao-urinaria',
    ownTopics: ['diurese'],
    terms: phrases(`
      ard* ~~ urinar|xixi|urina|urino
      dor|doi|queima* ~~ urinar|xixi|urino
      urinar|xixi|urino ~ ard*|doi|dor|queima*|toda hora|pouquinho|sangue
      infeccao ~ urina*|urinaria
      cistite
      vontade ~ urinar|xixi|banheiro ~ toda|muita|hora
      urina ~ escura|sangue|cheiro|turva|forte
      calculo|pedra ~ rim|rins|renal
    `),
    alarm: phrases(`
      dor ~ costas|lombar|rim|rins|flanco
      calafrio*
    `),
    questions: [
      {
        topic: 'febre',
        weight: 92,
        redFlag: true,
        ask: 'Teve febre ou calafrios?',
        why: 'Febre sugere pielonefrite e muda o tratamento.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'sinais_alarme',
        weight: 90,
        redFlag: true,
        ask: 'Tem dor nas costas, vômitos ou sangue visível na urina?',
        why: 'Indicam infecção alta, cálculo ou outra complicação.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'gestacao',
        weight: 88,
        redFlag: true,
        ask: 'Há possibilidade de gravidez? Qual a data da última menstruação?',
        why: 'A gestação muda o antibiótico e o risco.',
        cites: 'gestacao',
        audience: fertile,
      },
      {
        topic: 'alergias',
        weight: 82,
        ask: 'Tem alergia a algum antibiótico, como sulfa ou penicilina?',
        why: 'Define a escolha do antibiótico.',
        cites: 'conduta',
      },
      {
        topic: 'antecedentes',
        weight: 80,
        ask: 'Quantas infecções urinárias teve no último ano? Tem diabetes ou cálculo renal?',
        why: 'Recorrência e comorbidade pedem urocultura.',
        cites: 'antecedentes',
      },
      {
        topic: 'medicacoes',
        weight: 70,
        ask: 'Usou antibiótico recentemente ou toma algum remédio?',
        why: 'Uso recente aumenta resistência.',
        cites: 'antecedentes',
      },
      {
        topic: 'sintomas_associados',
        weight: 74,
        ask: 'Há corrimento, coceira ou dor na relação?',
        why: 'Corrimento reduz a chance de cistite e sugere vaginite ou infecção sexual.',
        cites: 'anamnese',
      },
      {
        topic: 'diurese',
        weight: 66,
        ask: 'Está urinando muitas vezes e em pouca quantidade? Qual a cor da urina?',
        why: 'Caracteriza cistite e identifica retenção.',
        cites: 'anamnese',
      },
      {
        topic: 'hidratacao',
        weight: 56,
        ask: 'Quanta água bebe por dia?',
        why: 'Aumentar líquidos ajuda a prevenir recorrência.',
        cites: 'conduta',
      },
      {
        topic: 'habitos',
        weight: 52,
        ask: 'Como são os hábitos: segura a urina, usa espermicida ou ducha?',
        why: 'Hábitos modificáveis de risco.',
        cites: 'antecedentes',
      },
    ],
  },
  {
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
      bebe ~ mexe*|mexendo|barriga
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
        weight: 80,
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
  },
  {
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
  },
];
