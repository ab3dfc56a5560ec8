import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const diarreia: Complaint = {
  id: 'diarreia',
  label: 'Diarreia e vômitos',
  guideline: 'diarreia',
  terms: phrases(`
    diarreia
    intestino ~ solto|desarranjad*|desregulad*
    fezes|coco ~ mole|moles|liquid*|aguad*
    evacuando ~ muito|vezes|agua
    vomit*
    desarranjo|virose|gastroenterite|infeccao intestinal
    caganeira
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 92,
      redFlag: true,
      ask: 'Há sangue nas fezes, vômitos que não param, sonolência ou dor abdominal forte?',
      why: 'Indicam disenteria, desidratação grave ou outra urgência.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'hidratacao',
      weight: 90,
      redFlag: true,
      ask: 'Está conseguindo beber líquidos ou soro? A boca está seca, há muita sede?',
      why: 'Aceitação de líquidos define o plano de reidratação.',
      cites: 'hidratacao-e-diurese',
    },
    {
      topic: 'diurese',
      weight: 86,
      ask: 'Quantas vezes urinou nas últimas horas, e qual a cor da urina?',
      why: 'Pouca urina é sinal de desidratação.',
      cites: 'hidratacao-e-diurese',
    },
    {
      topic: 'contatos',
      weight: 82,
      ask: 'Alguém próximo teve o mesmo quadro, ou comeu algo suspeito ou bebeu água não tratada?',
      why: 'Exposição comum sugere surto e causa infecciosa.',
      cites: 'exposicao',
    },
    {
      topic: 'febre',
      weight: 77,
      ask: 'Teve febre? De quanto?',
      why: 'Febre com sangue sugere bactéria invasiva.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 74,
      ask: 'Usou antibiótico, laxante, metformina ou outro remédio recentemente?',
      why: 'Remédios causam diarreia, e alguns devem ser pausados na desidratação.',
      cites: 'medicacoes',
    },
    {
      topic: 'antecedentes',
      weight: 66,
      ask: 'Tem alguma doença crônica, imunidade baixa ou quadros repetidos?',
      why: 'Muda o risco e a investigação.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 62,
      ask: 'Tem alergia a remédio ou alimento?',
      why: 'Intolerâncias podem ser a causa; alergias limitam o tratamento.',
      cites: 'medicacoes',
    },
    {
      topic: 'perda_peso',
      weight: 64,
      ask: 'Perdeu peso?',
      why: 'Perda de peso estima a desidratação e sugere causa crônica.',
      cites: 'anamnese',
    },
    {
      topic: 'vacinas',
      weight: 60,
      ask: 'A vacina contra rotavírus está em dia?',
      why: 'Reduz formas graves em crianças.',
      cites: 'exposicao',
      audience: { maxYears: 5 },
    },
    {
      topic: 'frequencia',
      weight: 66,
      ask: 'Quantas evacuações ou vômitos por dia?',
      why: 'Quantifica a perda de líquidos.',
      cites: 'anamnese',
    },
    {
      topic: 'gestacao',
      weight: 62,
      ask: 'Há possibilidade de gravidez?',
      why: 'Vômitos podem ser de gestação, que também muda o tratamento.',
      cites: 'sinais-de-alarme',
      audience: fertile,
    },
    {
      topic: 'carater',
      weight: 58,
      ask: 'Como são as fezes: líquidas, com muco ou sangue?',
      why: 'Separa diarreia aquosa de disenteria.',
      cites: 'anamnese',
    },
  ],
};
