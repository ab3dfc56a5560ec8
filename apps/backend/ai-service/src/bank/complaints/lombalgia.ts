import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const lombalgia: Complaint = {
  id: 'lombalgia',
  label: 'Dor lombar',
  guideline: 'lombalgia',
  terms: phrases(`
    dor|dores|pontada|fisgada ~ costas|lombar|coluna|cadeiras|espinha
    costas|coluna|lombar ~~ doi|doendo|doer|travou|travad*|dolorid*
    doi ~ costas|coluna|lombar
    travei|travou ~ costas|coluna
    lombalgia|ciatic*|hernia de disco
  `),
  alarm: phrases(`
    perna ~ fraca|forca|dormente
    forca ~ perna|pernas
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 96,
      redFlag: true,
      ask: 'Perdeu força nas pernas, o controle da urina ou das fezes, ou sente dormência entre as pernas?',
      why: 'Sugerem síndrome da cauda equina, que exige remoção imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'irradiacao',
      weight: 84,
      ask: 'A dor desce para a perna, abaixo do joelho, com formigamento?',
      why: 'Sugere compressão de raiz nervosa.',
      cites: 'caracterizacao',
    },
    {
      topic: 'trauma',
      weight: 82,
      ask: 'Houve queda, acidente ou esforço com peso?',
      why: 'Trauma ou queda em idoso pode significar fratura.',
      cites: 'trauma-e-trabalho',
    },
    {
      topic: 'febre',
      weight: 81,
      ask: 'Teve febre?',
      why: 'Febre com dor nas costas sugere infecção ou pielonefrite.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'perda_peso',
      weight: 80,
      ask: 'Perdeu peso sem explicação ou já teve câncer?',
      why: 'São sinais de alarme para tumor.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'antecedentes',
      weight: 70,
      ask: 'Já teve isso antes, osteoporose, cálculo renal ou usa corticoide?',
      why: 'Mudam o risco de fratura e o diagnóstico.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'habitos',
      weight: 66,
      ask: 'Como é o trabalho: peso, postura, muito tempo sentado? Faz atividade física?',
      why: 'Ocupação e sedentarismo orientam o tratamento.',
      cites: 'trauma-e-trabalho',
      audience: grown,
    },
    {
      topic: 'fatores_piora',
      weight: 66,
      ask: 'Piora com movimento ou em repouso e à noite?',
      why: 'Dor que não alivia em repouso é sinal de alarme.',
      cites: 'caracterizacao',
    },
    {
      topic: 'fatores_melhora',
      weight: 58,
      ask: 'O que alivia: repouso, calor, movimento ou remédio?',
      why: 'Melhora com movimento sugere causa inflamatória.',
      cites: 'caracterizacao',
    },
    {
      topic: 'sono',
      weight: 60,
      ask: 'A dor acorda à noite ou atrapalha o sono e o humor?',
      why: 'Dor noturna e fatores psicossociais mudam o prognóstico.',
      cites: 'fatores-psicossociais',
    },
    {
      topic: 'alergias',
      weight: 62,
      ask: 'Tem alergia, gastrite ou problema nos rins que impeça anti-inflamatório?',
      why: 'Necessário antes de prescrever.',
      cites: 'conduta',
    },
    {
      topic: 'medicacoes',
      weight: 62,
      ask: 'Que remédios usa ou já tomou para a dor?',
      why: 'Evita duplicar e orienta a escolha.',
      cites: 'conduta',
    },
    {
      topic: 'diurese',
      weight: 58,
      ask: 'Tem ardência ou sangue ao urinar?',
      why: 'Cálculo e infecção urinária causam dor lombar.',
      cites: 'exame',
    },
    {
      topic: 'intensidade',
      weight: 56,
      ask: 'De zero a dez, quanto dói, e o que deixou de fazer?',
      why: 'Mede o impacto e a resposta ao tratamento.',
      cites: 'fatores-psicossociais',
    },
  ],
};
