import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const asma: Complaint = {
  id: 'asma',
  label: 'Asma e chiado',
  guideline: 'asma',
  terms: phrases(`
    asma|asmatic*
    bombinha
    chiado|chiando|chia|chiadeira
    bronquite
    peito ~ chia*
    crise ~ falta|asma|bronquite
  `),
  alarm: phrases(`
    intubad*|uti
    internad*|internacao ~ asma
    bombinha ~ nao
    falta de ar
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Já foi internado ou intubado por asma, ou a bombinha de alívio não está resolvendo?',
      why: 'São fatores de risco para crise fatal.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'adesao',
      weight: 85,
      ask: 'Usa a bombinha de controle todos os dias? Pode mostrar como usa?',
      why: 'Uso irregular e técnica errada explicam a maioria dos casos sem controle.',
      cites: 'adesao-e-tecnica',
    },
    {
      topic: 'fatores_piora',
      weight: 83,
      ask: 'O que desencadeia: poeira, mofo, animais, fumaça, exercício, frio ou gripe?',
      why: 'Evitar gatilhos reduz crises.',
      cites: 'gatilhos',
    },
    {
      topic: 'frequencia',
      weight: 76,
      ask: 'Nas últimas quatro semanas, quantos dias por semana teve sintomas ou usou a bombinha de alívio?',
      why: 'Mais de duas vezes por semana indica falta de controle.',
      cites: 'controle',
    },
    {
      topic: 'sono',
      weight: 78,
      ask: 'Acorda à noite por causa da tosse ou do chiado?',
      why: 'Despertar noturno indica asma não controlada.',
      cites: 'controle',
    },
    {
      topic: 'habitos',
      weight: 74,
      ask: 'Alguém fuma em casa, ou usa cigarro eletrônico?',
      why: 'Fumaça piora o controle e a resposta ao remédio.',
      cites: 'gatilhos',
    },
    {
      topic: 'vacinas',
      weight: 70,
      ask: 'A vacina da gripe está em dia?',
      why: 'Infecções virais são o principal gatilho de crise.',
      cites: 'conduta',
    },
    {
      topic: 'alergias',
      weight: 72,
      ask: 'Tem rinite, alergias ou reação a aspirina e anti-inflamatórios?',
      why: 'Anti-inflamatórios podem desencadear crise grave.',
      cites: 'gatilhos',
    },
    {
      topic: 'historia_familiar',
      weight: 66,
      ask: 'Alguém na família tem asma, rinite ou dermatite?',
      why: 'História de atopia apoia o diagnóstico.',
      cites: 'antecedentes',
    },
    {
      topic: 'efeitos_adversos',
      weight: 60,
      ask: 'A bombinha causa rouquidão, sapinho na boca ou tremor?',
      why: 'Efeitos atrapalham a adesão e têm solução.',
      cites: 'adesao-e-tecnica',
    },
    {
      topic: 'medicacoes',
      weight: 68,
      ask: 'Quais bombinhas e remédios usa, e quantos jatos por dia?',
      why: 'Uso isolado de alívio aumenta o risco de crise grave.',
      cites: 'conduta',
    },
    {
      topic: 'contatos',
      weight: 56,
      ask: 'Há mofo, poeira, animais ou fumaça em casa ou no trabalho?',
      why: 'O ambiente mantém os sintomas.',
      cites: 'gatilhos',
    },
  ],
};
