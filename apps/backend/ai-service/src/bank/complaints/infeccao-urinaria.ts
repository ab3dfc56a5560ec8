import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile, grown } from '../complaint.ts';

export const infeccaoUrinaria: Complaint = {
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
      audience: grown,
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
};
