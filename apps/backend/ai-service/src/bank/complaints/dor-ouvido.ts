import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const dorOuvido: Complaint = {
  id: 'dor-ouvido',
  label: 'Dor de ouvido',
  guideline: 'dor-garganta-ouvido',
  terms: phrases(`
    dor ~ ouvido|ouvidos|orelha
    ouvido|ouvidos ~~ doi|doendo|doer|entupido|tampado|vazando|purgando|coca*|inflamad*
    otite
    zumbido
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 90,
      redFlag: true,
      ask: 'Há inchaço atrás da orelha, secreção com sangue, tontura forte ou boca torta?',
      why: 'Sugerem mastoidite ou outra complicação da otite.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'febre',
      weight: 76,
      ask: 'Teve febre? De quanto?',
      why: 'Febre alta pesa a favor de antibiótico.',
      cites: 'febre-crianca#ouvido-e-garganta',
    },
    {
      topic: 'alergias',
      weight: 80,
      ask: 'Tem alergia a amoxicilina ou a outro remédio?',
      why: 'A amoxicilina é a primeira escolha na otite média.',
      cites: 'antecedentes',
    },
    {
      topic: 'antecedentes',
      weight: 74,
      ask: 'Já teve otites antes, perfuração ou cirurgia no ouvido?',
      why: 'Recorrência e perfuração mudam o tratamento.',
      cites: 'antecedentes',
    },
    {
      topic: 'sintomas_associados',
      weight: 70,
      ask: 'Saiu secreção do ouvido, diminuiu a audição, ou há coriza e tosse?',
      why: 'Secreção e perda auditiva diferenciam os tipos de otite.',
      cites: 'anamnese',
    },
    {
      topic: 'trauma',
      weight: 64,
      ask: 'Usou cotonete, nadou ou levou pancada no ouvido?',
      why: 'Sugerem otite externa ou perfuração.',
      cites: 'antecedentes',
    },
    {
      topic: 'contatos',
      weight: 56,
      ask: 'Frequenta creche, ou convive com fumante ou pessoas doentes?',
      why: 'Aumentam o risco de otite.',
      cites: 'antecedentes',
      audience: { maxYears: 12 },
    },
    {
      topic: 'medicacoes',
      weight: 64,
      ask: 'Já usou algum remédio ou pingou algo no ouvido?',
      why: 'Gotas podem ser contraindicadas com perfuração.',
      cites: 'conduta',
    },
  ],
};
