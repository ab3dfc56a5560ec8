import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const urinaHomem: Complaint = {
  id: 'urina-homem',
  label: 'Sintomas urinários do homem',
  guideline: 'sintomas-urinarios-do-homem',
  audience: { sex: 'M', minYears: 18 },
  ownTopics: ['diurese'],
  terms: phrases(`
    jato|jatinho ~~ frac*|fraqu*|fino|fininho|interromp*|parou|parando|cort*|gotej*
    frac*|fraqu*|fino|fininho ~ jato|jatinho
    levant*|acord* ~~ noite|vezes ~~ urinar|xixi|banheiro|mijar|urina
    urinar|xixi|mijar|banheiro ~~ noite|vezes|hora ~~ levant*|acord*
    urina|urino|urinar|xixi|mijo|mijar ~ gotej*|ping*|demora*|custa|esforco
    gotejando|gotejo ~ urin*|xixi|final|depois
    demora*|custa|custo|esforco|forca ~ urinar|mijar|xixi
    prostata ~ aumentad*|crescid*|inchad*|grande
    nao ~ esvazi* bexiga
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Ficou sem conseguir urinar, viu sangue na urina, teve febre com calafrios ou fraqueza nas pernas?',
      why: 'Retenção, sangramento, infecção alta e compressão da medula pedem avaliação sem demora.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'perda_peso',
      weight: 86,
      redFlag: true,
      ask: 'Emagreceu sem querer ou tem dor nos ossos?',
      why: 'Perda de peso e dor óssea pedem encaminhamento prioritário.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'diurese',
      weight: 84,
      ask: 'Quantas vezes urina de dia e de noite? O jato demora, falha ou goteja no fim?',
      why: 'Separa sintomas de esvaziamento dos de armazenamento.',
      cites: 'anamnese',
    },
    {
      topic: 'medicacoes',
      weight: 82,
      ask: 'Usa descongestionante, antialérgico, antidepressivo, diurético ou outro remédio?',
      why: 'Alguns remédios prendem ou aumentam a urina.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 80,
      ask: 'Tem diabetes, Parkinson, derrame, cálculo renal ou cirurgia na próstata ou na bexiga?',
      why: 'Doenças e cirurgias mudam a causa provável.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 78,
      ask: 'Sente ardência ao urinar, urgência, escape de urina ou prisão de ventre?',
      why: 'Apontam infecção, bexiga hiperativa ou constipação.',
      cites: 'anamnese',
    },
    {
      topic: 'rastreios',
      weight: 70,
      ask: 'Já fez exame da próstata ou PSA? Quando e com que resultado?',
      why: 'O antígeno prostático só depois de conversa sobre benefícios e riscos.',
      cites: 'exame',
    },
    {
      topic: 'historia_familiar',
      weight: 68,
      ask: 'Alguém na família teve câncer de próstata ou pedra nos rins?',
      why: 'A história familiar muda o risco.',
      cites: 'anamnese',
    },
    {
      topic: 'habitos',
      weight: 64,
      ask: 'Bebe álcool ou café? Quanto líquido toma à noite?',
      why: 'Menos líquidos e cafeína à noite já aliviam.',
      cites: 'conduta',
    },
  ],
};
