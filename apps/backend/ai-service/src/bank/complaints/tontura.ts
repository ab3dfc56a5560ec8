import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile } from '../complaint.ts';

export const tontura: Complaint = {
  id: 'tontura',
  label: 'Tontura',
  guideline: 'tontura',
  terms: phrases(`
    tontura|tonturas|tonteira|tonto|tonta|vertigem|labirintite
    tudo ~ rodando|gira|girando|roda
    cabeca ~ rodando|gira|girando|leve|oca
    desequilibr*
    desmai*
    zonz*
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 95,
      redFlag: true,
      ask: 'Houve visão dupla, fala enrolada, fraqueza, dificuldade para andar, desmaio ou dor de cabeça forte?',
      why: 'Sugerem causa central ou cardíaca e exigem avaliação imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 84,
      ask: 'Quais remédios usa, e algum foi iniciado ou aumentado há pouco tempo?',
      why: 'Anti-hipertensivos, calmantes e antidepressivos são causas frequentes.',
      cites: 'medicacoes-e-antecedentes',
    },
    {
      topic: 'fatores_piora',
      weight: 82,
      ask: 'A tontura vem ao virar na cama, olhar para cima ou levantar rápido?',
      why: 'O gatilho separa vertigem posicional de hipotensão ortostática.',
      cites: 'caracterizacao',
    },
    {
      topic: 'duracao',
      weight: 78,
      ask: 'Cada episódio dura segundos, minutos, horas ou dias?',
      why: 'A duração é o melhor indício da causa.',
      cites: 'caracterizacao',
    },
    {
      topic: 'sintomas_associados',
      weight: 77,
      ask: 'Há zumbido, perda de audição, enjoo, palpitação ou dor de cabeça?',
      why: 'Zumbido e perda auditiva sugerem Ménière; palpitação, causa cardíaca.',
      cites: 'caracterizacao',
    },
    {
      topic: 'trauma',
      weight: 74,
      ask: 'Teve queda ou bateu a cabeça?',
      why: 'Trauma de crânio e quedas mudam a conduta e a prevenção.',
      cites: 'medicacoes-e-antecedentes',
    },
    {
      topic: 'carater',
      weight: 68,
      ask: 'A sensação é de tudo rodar, de que vai desmaiar ou de desequilíbrio?',
      why: 'Define o tipo de tontura.',
      cites: 'caracterizacao',
    },
    {
      topic: 'antecedentes',
      weight: 68,
      ask: 'Tem diabetes, pressão alta, enxaqueca, arritmia ou anemia?',
      why: 'São causas ou fatores que contribuem.',
      cites: 'medicacoes-e-antecedentes',
    },
    {
      topic: 'hidratacao',
      weight: 56,
      ask: 'Está bebendo água e se alimentando bem, sem vômito ou diarreia?',
      why: 'Desidratação e jejum causam tontura ao levantar.',
      cites: 'conduta',
    },
    {
      topic: 'gestacao',
      weight: 56,
      ask: 'Há possibilidade de gravidez?',
      why: 'Tontura é comum no início da gestação e muda os exames.',
      cites: 'pre-natal#anamnese',
      audience: fertile,
    },
    {
      topic: 'frequencia',
      weight: 50,
      ask: 'Com que frequência acontece?',
      why: 'O padrão no tempo ajuda o diagnóstico.',
      cites: 'caracterizacao',
    },
  ],
};
