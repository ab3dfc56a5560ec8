import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const febreAdulto: Complaint = {
  id: 'febre-adulto',
  label: 'Febre no adulto',
  guideline: 'arboviroses',
  audience: { minYears: 13 },
  ownTopics: ['febre'],
  terms: phrases(`
    febre|febril
    dengue|chikungunya|zika
    dor ~ corpo ~ todo|inteiro
    calafrio*
    corpo ~ moido|quebrado|ruim
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Tem dor forte na barriga, vômitos que não param, sangramento, tontura ao levantar ou confusão?',
      why: 'São sinais de alarme da dengue e de infecção grave.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'contatos',
      weight: 84,
      ask: 'Há casos de dengue por perto, viagem recente, contato com enchente, ratos ou carrapatos?',
      why: 'A exposição orienta o diagnóstico e a notificação.',
      cites: 'exposicao-e-vacinas',
    },
    {
      topic: 'hidratacao',
      weight: 82,
      ask: 'Quanto líquido está conseguindo beber por dia?',
      why: 'A hidratação é a base do tratamento da dengue.',
      cites: 'conduta',
    },
    {
      topic: 'sintomas_associados',
      weight: 78,
      ask: 'Há dor atrás dos olhos, no corpo ou nas juntas, manchas, tosse ou dor ao urinar?',
      why: 'Diferencia arboviroses de outros focos.',
      cites: 'anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 80,
      ask: 'Tomou aspirina ou anti-inflamatório? Usa anticoagulante?',
      why: 'Aumentam o risco de sangramento na dengue.',
      cites: 'grupos-de-risco',
    },
    {
      topic: 'diurese',
      weight: 72,
      ask: 'A urina diminuiu ou escureceu?',
      why: 'Pouca urina é sinal de alarme.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'vacinas',
      weight: 70,
      ask: 'Tem vacina de febre amarela, dengue, gripe e covid-19?',
      why: 'Muda a probabilidade das causas.',
      cites: 'exposicao-e-vacinas',
    },
    {
      topic: 'antecedentes',
      weight: 72,
      ask: 'Tem hipertensão, diabetes, doença do rim, do sangue ou imunidade baixa?',
      why: 'Define o grupo de risco.',
      cites: 'grupos-de-risco',
    },
    {
      topic: 'gestacao',
      weight: 74,
      ask: 'Há possibilidade de gravidez?',
      why: 'Gestantes são grupo de risco.',
      cites: 'grupos-de-risco',
      audience: fertile,
    },
    {
      topic: 'alergias',
      weight: 66,
      ask: 'Tem alergia a dipirona, paracetamol ou outro remédio?',
      why: 'Necessário antes do antitérmico.',
      cites: 'grupos-de-risco',
    },
    {
      topic: 'febre',
      weight: 68,
      ask: 'Qual a temperatura mais alta e há quantos dias?',
      why: 'O dia de doença define a fase da dengue.',
      cites: 'anamnese',
    },
    {
      topic: 'perda_peso',
      weight: 58,
      ask: 'Perdeu peso ou tem suor noturno?',
      why: 'Com febre prolongada sugerem tuberculose ou outra doença.',
      cites: 'anamnese',
    },
  ],
};
