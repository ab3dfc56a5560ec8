import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const lesaoSuspeita: Complaint = {
  id: 'lesao-suspeita',
  label: 'Pinta ou ferida suspeita',
  guideline: 'pele',
  terms: phrases(`
    pinta|pintas
    ferida ~ nao ~ cicatriza*|fecha*|sara|sarou|melhora
    sinal ~ cresc*|escur*|preto|sangr*|mudou|pele
    cancer ~ pele
    melanoma
  `),
  alarm: phrases(`
    mud* ~ cor|forma|tamanho
    sangra|sangrou|sangrando
    nao cicatriza*
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 94,
      redFlag: true,
      ask: 'Mudou de cor ou de forma, sangra, ou é uma ferida que não cicatriza há mais de quatro semanas?',
      why: 'Pinta que muda ou sangra e ferida que não cicatriza pedem exame e encaminhamento prioritário.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'inicio',
      weight: 76,
      ask: 'Quando apareceu, e desde quando está mudando?',
      why: 'Mudança recente é o que torna uma lesão suspeita.',
      cites: 'anamnese',
    },
    {
      topic: 'historia_familiar',
      weight: 74,
      ask: 'Alguém na família teve câncer de pele?',
      why: 'Aumenta o risco e apressa o encaminhamento.',
      cites: 'conduta',
    },
    {
      topic: 'antecedentes',
      weight: 72,
      ask: 'Já teve câncer de pele ou retirou alguma pinta antes? Tem doença que baixa a imunidade?',
      why: 'Lesão anterior e imunidade baixa mudam o risco.',
      cites: 'conduta',
    },
    {
      topic: 'habitos',
      weight: 70,
      ask: 'Trabalha ou trabalhou no sol? Usa protetor, chapéu e roupa?',
      why: 'A exposição ao sol faz parte do que se investiga na pele.',
      cites: 'exposicao',
      audience: grown,
    },
    {
      topic: 'medicacoes',
      weight: 68,
      ask: 'Toma anticoagulante, aspirina ou algum outro remédio?',
      why: 'Importa antes de retirar a lesão.',
      cites: 'exposicao',
    },
    {
      topic: 'alergias',
      weight: 66,
      ask: 'Tem alergia a anestésico, esparadrapo ou algum remédio?',
      why: 'Importa antes de retirar a lesão.',
      cites: 'exposicao',
    },
    {
      topic: 'sintomas_associados',
      weight: 64,
      ask: 'Além da lesão, sente dor, coceira ou dormência no local?',
      why: 'Perda de sensibilidade é suspeita de hanseníase.',
      cites: 'anamnese',
    },
    {
      topic: 'localizacao',
      weight: 56,
      ask: 'Onde mais há pintas ou feridas parecidas?',
      why: 'Toda a pele é examinada.',
      cites: 'anamnese',
    },
  ],
};
