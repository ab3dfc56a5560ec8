import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const febreCrianca: Complaint = {
  id: 'febre-crianca',
  label: 'Febre na criança',
  guideline: 'febre-crianca',
  audience: { maxYears: 12 },
  ownTopics: ['febre'],
  terms: phrases(`
    febre|febril|febrinha
    quente|quentinho ~ corpo|testa|crianca|bebe
    moleza|molinh*|prostrad*|caidinh*
  `),
  alarm: phrases(`
    manchas|pintas
    respira*
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 93,
      redFlag: true,
      ask: 'A criança está muito sonolenta, gemendo, com manchas roxas, convulsão ou respirando com esforço?',
      why: 'São sinais de perigo que exigem avaliação imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'hidratacao',
      weight: 92,
      redFlag: true,
      ask: 'Está aceitando líquidos ou mamando?',
      why: 'Recusa de líquidos é sinal de perigo e de desidratação.',
      cites: 'hidratacao-e-diurese',
    },
    {
      topic: 'diurese',
      weight: 88,
      ask: 'Quantas vezes fez xixi ou trocou a fralda molhada hoje?',
      why: 'Pouca urina indica desidratação.',
      cites: 'hidratacao-e-diurese',
    },
    {
      topic: 'contatos',
      weight: 84,
      ask: 'Tem contato com alguém doente em casa, na creche ou na escola?',
      why: 'A exposição orienta a causa da febre.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 83,
      ask: 'Tem alergia a algum remédio?',
      why: 'Necessário antes de antitérmico ou antibiótico.',
      cites: 'vacinas-e-antecedentes',
    },
    {
      topic: 'vacinas',
      weight: 78,
      ask: 'A caderneta de vacinação está em dia?',
      why: 'Vacinas em atraso mudam o risco de infecção grave.',
      cites: 'vacinas-e-antecedentes',
    },
    {
      topic: 'antecedentes',
      weight: 74,
      ask: 'Nasceu prematura, já teve convulsão febril, internação ou infecção urinária?',
      why: 'Antecedentes mudam o risco e os exames.',
      cites: 'vacinas-e-antecedentes',
    },
    {
      topic: 'peso',
      weight: 72,
      ask: 'Qual o peso atual da criança?',
      why: 'A dose do antitérmico depende do peso.',
      cites: 'antitermico',
    },
    {
      topic: 'medicacoes',
      weight: 72,
      ask: 'Que remédio deu, quantas gotas e de quanto em quanto tempo?',
      why: 'Confere dose e intervalo.',
      cites: 'antitermico',
    },
    {
      topic: 'febre',
      weight: 70,
      ask: 'Qual foi a temperatura mais alta e como mediu?',
      why: 'Registra a febre e o intervalo entre picos.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 72,
      ask: 'Há tosse, coriza, vômito, diarreia, dor de ouvido ou dor ao urinar?',
      why: 'Ajuda a encontrar o foco.',
      cites: 'anamnese',
    },
    {
      topic: 'sono',
      weight: 50,
      ask: 'Entre os picos de febre, brinca e dorme como de costume?',
      why: 'O estado geral entre os picos informa mais que o número.',
      cites: 'anamnese',
    },
  ],
};
