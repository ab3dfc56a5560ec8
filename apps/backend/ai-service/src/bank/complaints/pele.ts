import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const pele: Complaint = {
  id: 'pele',
  label: 'Manchas, coceira e lesões de pele',
  guideline: 'pele',
  vague: true,
  terms: phrases(`
    mancha|manchas|manchinhas
    coceira|coca|cocam|cocar|cocando|cocou
    placa|placas ~ vermelh*|pele|corpo|coca|cocam|cocar|braco|bracos|barriga|perna|pernas|costas
    alergia ~ pele
    ferida|feridas|bolha|bolhas|caroco|verruga|espinhas|micose|brotoeja|urticaria|empolad*|vergoes
    bolinha|bolinhas ~ vermelh*|agua|pus|pele|corpo|coca|cocam|cocar|braco|bracos|barriga|perna|pernas|costas|rosto
    apareceu|apareceram|saiu|sairam|nasceu|nasceram|cheio|cheia|estourou|estouraram ~ bolinha|bolinhas
    pele ~ vermelha|descama*|irritad*|ressecad*|coca*
    lesao|lesoes ~ pele
  `),
  alarm: phrases(`
    incha* ~ labio*|boca|olho*|rosto|lingua
    falta de ar
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Há inchaço nos lábios, falta de ar, bolhas, feridas na boca ou manchas roxas?',
      why: 'Sugerem anafilaxia, reação grave a remédio ou infecção invasiva.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'febre',
      weight: 82,
      redFlag: true,
      ask: 'Teve febre?',
      why: 'Febre com manchas pode ser dengue, sarampo ou meningococcemia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 80,
      ask: 'Começou remédio, creme, sabão ou cosmético novo nas últimas semanas?',
      why: 'Reação a medicamento ou contato é causa frequente.',
      cites: 'exposicao',
    },
    {
      topic: 'alergias',
      weight: 80,
      ask: 'Tem alguma alergia conhecida?',
      why: 'Orienta causa e tratamento.',
      cites: 'exposicao',
    },
    {
      topic: 'contatos',
      weight: 79,
      ask: 'Alguém em casa tem lesões ou coceira? Houve picada, planta, animal ou viagem?',
      why: 'Sugere escabiose, infecção ou contato.',
      cites: 'exposicao',
    },
    {
      topic: 'antecedentes',
      weight: 68,
      ask: 'Tem asma, rinite, dermatite, psoríase ou já teve isso antes?',
      why: 'Atopia e recorrência orientam.',
      cites: 'exposicao',
    },
    {
      topic: 'historia_familiar',
      weight: 58,
      ask: 'Alguém na família tem alergia, psoríase ou câncer de pele?',
      why: 'Aumenta a probabilidade dessas doenças.',
      cites: 'anamnese',
    },
    {
      topic: 'vacinas',
      weight: 60,
      // The public calendar gives the measles vaccine up to 59 years.
      audience: { maxYears: 59 },
      ask: 'As vacinas de sarampo e catapora estão em dia?',
      why: 'Doenças exantemáticas dependem do estado vacinal.',
      cites: 'exposicao',
    },
    {
      topic: 'fatores_piora',
      weight: 62,
      ask: 'Piora à noite, com calor, sol, roupa ou alimento?',
      why: 'Coceira noturna sugere escabiose; sol, fotossensibilidade.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 66,
      ask: 'Além da lesão, sente dor, ardor ou dormência no local?',
      why: 'Perda de sensibilidade é suspeita de hanseníase.',
      cites: 'anamnese',
    },
    {
      topic: 'localizacao',
      weight: 58,
      ask: 'Onde começou e para onde se espalhou?',
      why: 'A distribuição orienta o diagnóstico.',
      cites: 'anamnese',
    },
    {
      topic: 'carater',
      weight: 54,
      ask: 'Qual a cor, a forma e a textura das lesões?',
      why: 'Descreve a lesão elementar.',
      cites: 'anamnese',
    },
  ],
};
