import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const edema: Complaint = {
  id: 'edema',
  label: 'Inchaço nas pernas',
  guideline: 'dispneia',
  terms: phrases(`
    perna|pernas|pe|pes|tornozelo|tornozelos|panturrilha|batata ~ incha*
    incha* ~ perna|pernas|pe|pes|tornozelo|tornozelos|panturrilha
    edema
    retencao de liquido
  `),
  alarm: phrases(`
    perna|lado so
    falta de ar
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'O inchaço é de uma perna só, com dor ou vermelhidão, ou veio com falta de ar?',
      why: 'Edema doloroso de um lado ou com dispneia sugere trombose ou embolia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'antecedentes',
      weight: 80,
      ask: 'Tem doença do coração, dos rins, do fígado ou já teve trombose?',
      why: 'São as causas principais de edema.',
      cites: 'antecedentes-e-exposicao',
    },
    {
      topic: 'medicacoes',
      weight: 78,
      ask: 'Usa anlodipino, anti-inflamatório, corticoide ou hormônio?',
      why: 'Remédios são causa frequente e reversível de edema.',
      cites: 'hipertensao#adesao-e-efeitos',
    },
    {
      topic: 'diurese',
      weight: 72,
      ask: 'A urina diminuiu ou ficou espumosa?',
      why: 'Sugere causa renal.',
      cites: 'hipertensao#sinais-de-alarme',
    },
    {
      topic: 'fatores_piora',
      weight: 60,
      ask: 'Piora no fim do dia ou muito tempo em pé, e melhora ao elevar as pernas?',
      why: 'Sugere insuficiência venosa.',
      cites: 'caracterizacao',
    },
    {
      topic: 'peso',
      weight: 58,
      ask: 'Ganhou peso nos últimos dias? Quanto está pesando?',
      why: 'Ganho rápido de peso sugere congestão.',
      cites: 'caracterizacao',
    },
    {
      topic: 'gestacao',
      weight: 64,
      ask: 'Há possibilidade de gravidez?',
      why: 'Inchaço com pressão alta na gestação sugere pré-eclâmpsia.',
      cites: 'pre-natal#sinais-de-alarme',
      audience: fertile,
    },
    {
      topic: 'sintomas_associados',
      weight: 66,
      ask: 'Sente falta de ar ao deitar, cansaço ou barriga inchada?',
      why: 'Ortopneia e fadiga sugerem insuficiência cardíaca.',
      cites: 'caracterizacao',
    },
  ],
};
