import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const insonia: Complaint = {
  id: 'insonia',
  label: 'Insônia',
  guideline: 'insonia',
  ownTopics: ['sono'],
  terms: phrases(`
    insonia
    nao ~ dormir|durmo|dorme|pegar
    dificuldade ~ dormir|sono
    durmo mal|pouco
    sono ~ ruim|pessimo|nao vem
    acordo ~ madrugada|noite
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 88,
      redFlag: true,
      ask: 'Tem pensamentos de morte, ou cochila ao dirigir ou trabalhar?',
      why: 'Risco de suicídio e sonolência perigosa exigem ação imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'habitos',
      weight: 84,
      ask: 'Usa café, energético, álcool ou telas à noite? Como é a rotina antes de deitar?',
      why: 'Hábitos são a primeira causa a corrigir.',
      cites: 'habitos-e-medicacoes',
    },
    {
      topic: 'sono',
      weight: 80,
      ask: 'A que horas deita, quanto demora a dormir, quantas vezes acorda e a que horas levanta?',
      why: 'O padrão define o tipo de insônia e a conduta.',
      cites: 'anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 78,
      ask: 'Já usou zolpidem, clonazepam, antialérgico ou chás para dormir? Por quanto tempo?',
      why: 'Uso prolongado gera dependência e piora o sono.',
      cites: 'habitos-e-medicacoes',
    },
    {
      topic: 'antecedentes',
      weight: 72,
      ask: 'Tem ansiedade, depressão, dor, refluxo ou outra doença que atrapalhe o sono?',
      why: 'A insônia é muitas vezes secundária.',
      cites: 'anamnese',
    },
    {
      topic: 'fatores_piora',
      weight: 66,
      ask: 'Há preocupação, mudança ou estresse que coincidiu com o início?',
      why: 'Gatilhos orientam o tratamento.',
      cites: 'anamnese',
    },
    {
      topic: 'rede_apoio',
      weight: 64,
      ask: 'Como estão as coisas em casa e com quem pode contar?',
      why: 'Sobrecarga e conflitos mantêm a insônia.',
      cites: 'ansiedade#rede-de-apoio',
    },
    {
      topic: 'sintomas_associados',
      weight: 66,
      ask: 'Ronca, tem pernas inquietas, tristeza, calores ou acorda para urinar?',
      why: 'Apontam apneia, pernas inquietas, depressão ou climatério.',
      cites: 'anamnese',
    },
    {
      topic: 'frequencia',
      weight: 52,
      ask: 'Quantas noites por semana isso acontece?',
      why: 'Três noites por semana por três meses definem insônia crônica.',
      cites: 'anamnese',
    },
  ],
};
