import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const palpitacoes: Complaint = {
  id: 'palpitacoes',
  label: 'Palpitações',
  guideline: 'palpitacoes',
  audience: { minYears: 10 },
  terms: phrases(`
    palpita*
    coracao ~ acelera*|dispara*|falhando|falha|batendo|pulando|descompassad*|rapido|forte
    batedeira
    arritmia
    taquicardia
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 95,
      redFlag: true,
      ask: 'Já desmaiou, teve dor no peito ou falta de ar junto com a palpitação, ou durante esforço?',
      why: 'Síncope, dor ou esforço junto da palpitação exigem avaliação urgente.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'historia_familiar',
      weight: 86,
      redFlag: true,
      ask: 'Alguém na família teve morte súbita antes dos 50 anos, arritmia ou marcapasso?',
      why: 'Morte súbita na família sugere doença elétrica ou estrutural hereditária.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'habitos',
      weight: 82,
      ask: 'Quanto toma de café, energético ou álcool? Usa cigarro, estimulantes ou anabolizantes?',
      why: 'Estimulantes e álcool são causas frequentes e reversíveis.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'antecedentes',
      weight: 78,
      ask: 'Tem problema de coração, de tireoide, anemia ou doença de Chagas?',
      why: 'Cardiopatia, tireoide e anemia explicam boa parte das palpitações.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'medicacoes',
      weight: 74,
      ask: 'Usa bombinha, descongestionante, hormônio, antidepressivo ou remédio para emagrecer?',
      why: 'Vários remédios aceleram o coração.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'perda_peso',
      weight: 68,
      ask: 'Perdeu peso, tem tremor ou intolerância ao calor?',
      why: 'Sugerem hipertireoidismo.',
      cites: 'anamnese',
    },
    {
      topic: 'duracao',
      weight: 66,
      ask: 'Quanto tempo dura cada episódio, e começa e termina de repente?',
      why: 'Início e fim súbitos sugerem taquicardia por reentrada.',
      cites: 'anamnese',
    },
    {
      topic: 'fatores_piora',
      weight: 64,
      ask: 'O que costuma desencadear: esforço, emoção, café, álcool ou repouso?',
      why: 'O gatilho orienta a causa.',
      cites: 'anamnese',
    },
    {
      topic: 'sintomas_associados',
      weight: 70,
      ask: 'Vem com tontura, suor, tremor ou formigamento?',
      why: 'Diferencia arritmia, tireoide e pânico.',
      cites: 'anamnese',
    },
    {
      topic: 'frequencia',
      weight: 50,
      ask: 'Com que frequência os episódios aparecem?',
      why: 'Define o tempo de registro do Holter.',
      cites: 'conduta',
    },
  ],
};
