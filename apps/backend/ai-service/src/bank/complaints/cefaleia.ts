import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const cefaleia: Complaint = {
  id: 'cefaleia',
  label: 'Cefaleia',
  guideline: 'cefaleia',
  terms: phrases(`
    dor|dores ~ cabeca
    cabeca ~~ doi|doendo|doer|explod*|latej*|estour*|pesada
    doi ~ cabeca
    enxaqueca|cefaleia
    nuca ~~ doi|doendo|doer|dor
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 96,
      redFlag: true,
      ask: 'Teve febre, rigidez na nuca, fraqueza, visão dupla, convulsão ou a pior dor da vida, de início súbito?',
      why: 'São sinais de alarme que indicam causa secundária e mudam a urgência.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'historia_familiar',
      weight: 80,
      ask: 'Alguém na família tem enxaqueca ou teve aneurisma?',
      why: 'História familiar apoia o diagnóstico de enxaqueca; aneurisma muda a investigação.',
      cites: 'antecedentes-e-familia',
    },
    {
      topic: 'fatores_piora',
      weight: 79,
      ask: 'O que costuma desencadear ou piorar a dor: jejum, estresse, menstruação, álcool, cheiros ou esforço?',
      why: 'Identificar gatilhos orienta a prevenção.',
      cites: 'desencadeantes-e-sono',
    },
    {
      topic: 'sono',
      weight: 77,
      ask: 'Como está o sono: quantas horas, ronco, acorda cansado?',
      why: 'Sono insuficiente ou irregular é gatilho comum e tratável.',
      cites: 'desencadeantes-e-sono',
    },
    {
      topic: 'sintomas_associados',
      weight: 76,
      ask: 'Junto com a dor há náusea, vômito ou incômodo com luz ou barulho?',
      why: 'Diferenciam enxaqueca de cefaleia tensional.',
      cites: 'caracterizacao',
    },
    {
      topic: 'trauma',
      weight: 70,
      ask: 'Bateu a cabeça ou caiu nas últimas semanas?',
      why: 'Dor após trauma exige exclusão de sangramento.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 75,
      ask: 'Quais remédios toma para a dor e em quantos dias por mês?',
      why: 'Analgésico em muitos dias por mês causa cefaleia por uso excessivo.',
      cites: 'medicacoes-e-uso-excessivo',
    },
    {
      topic: 'antecedentes',
      weight: 66,
      ask: 'Tem pressão alta, asma, glaucoma, sinusite ou depressão?',
      why: 'Comorbidades mudam a escolha do tratamento.',
      cites: 'antecedentes-e-familia',
    },
    {
      topic: 'alergias',
      weight: 60,
      ask: 'Tem alergia a algum analgésico ou anti-inflamatório?',
      why: 'Necessário antes de prescrever.',
      cites: 'medicacoes-e-uso-excessivo',
    },
    {
      topic: 'gestacao',
      weight: 62,
      ask: 'Usa anticoncepcional ou há possibilidade de gravidez?',
      why: 'Enxaqueca com aura contraindica estrogênio; gestação muda o tratamento e o alarme.',
      cites: 'aura-e-associados',
      audience: fertile,
    },
    {
      topic: 'intensidade',
      weight: 60,
      ask: 'De zero a dez, qual a intensidade, e a dor atrapalha o trabalho ou os estudos?',
      why: 'O impacto decide a indicação de preventivo.',
      cites: 'caracterizacao',
    },
    {
      topic: 'carater',
      weight: 60,
      ask: 'A dor é pulsátil, em aperto ou em pontada?',
      why: 'O caráter ajuda a classificar a cefaleia.',
      cites: 'caracterizacao',
    },
    {
      topic: 'localizacao',
      weight: 56,
      ask: 'A dor é de um lado só ou dos dois?',
      why: 'A localização ajuda a classificar a cefaleia.',
      cites: 'caracterizacao',
    },
    {
      topic: 'duracao',
      weight: 58,
      ask: 'Quanto tempo dura uma crise sem remédio?',
      why: 'De 4 a 72 horas sugere enxaqueca.',
      cites: 'caracterizacao',
    },
    {
      topic: 'frequencia',
      weight: 60,
      ask: 'Quantos dias por mês tem dor?',
      why: 'A frequência decide a prevenção.',
      cites: 'caracterizacao',
    },
  ],
};
