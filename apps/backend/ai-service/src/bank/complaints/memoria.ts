import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const memoria: Complaint = {
  id: 'memoria',
  label: 'Esquecimento',
  guideline: 'demencia',
  audience: { minYears: 40 },
  terms: phrases(`
    memoria
    esquec* ~ coisas|nomes|tudo|panela|caminho|onde|conta
    esquecimento
    esquecid*
    repete|repetindo ~ pergunta|perguntas|historia|historias|coisas
    demencia|alzheimer
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 90,
      redFlag: true,
      ask: 'Piorou de repente, com confusão, fraqueza, dificuldade para falar ou andar, ou após queda?',
      why: 'Início súbito sugere delirium, acidente vascular ou hematoma.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 82,
      ask: 'Usa calmante, remédio para dormir, antialérgico ou remédio para a bexiga?',
      why: 'Benzodiazepínicos e anticolinérgicos pioram a memória.',
      cites: 'anamnese',
    },
    {
      topic: 'rede_apoio',
      weight: 80,
      ask: 'Com quem mora e quem ajuda com remédios, dinheiro e compras?',
      why: 'Define a segurança e o impacto na autonomia.',
      cites: 'familia-e-seguimento',
    },
    {
      topic: 'sono',
      weight: 70,
      ask: 'Como estão o sono e o humor?',
      why: 'Depressão e sono ruim imitam demência e têm tratamento.',
      cites: 'depressao#anamnese',
    },
    {
      topic: 'historia_familiar',
      weight: 66,
      ask: 'Alguém na família teve demência?',
      why: 'Informa o risco e a orientação.',
      cites: 'anamnese',
    },
    {
      topic: 'habitos',
      weight: 62,
      ask: 'Bebe álcool? Como são a alimentação e a atividade física?',
      why: 'Álcool e carência de vitamina B12 são causas tratáveis.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 64,
      ask: 'Tem pressão alta, diabetes, derrame prévio ou problema de tireoide?',
      why: 'Fatores vasculares e metabólicos contribuem.',
      cites: 'anamnese',
    },
    {
      topic: 'trauma',
      weight: 64,
      ask: 'Teve quedas ou bateu a cabeça recentemente?',
      why: 'Hematoma subdural pode começar com esquecimento.',
      cites: 'sinais-de-alarme',
    },
  ],
};
