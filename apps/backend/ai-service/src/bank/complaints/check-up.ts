import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const checkUp: Complaint = {
  id: 'check-up',
  label: 'Check-up e rotina',
  guideline: 'cuidado-cronico',
  terms: phrases(`
    check up
    checkup
    consulta|exames|exame ~ rotina
    exames gerais
    fazer|pedir ~ exames
    mostrar ~ exames|resultado*
  `),
  questions: [
    {
      topic: 'rastreios',
      weight: 84,
      ask: 'Quando fez os últimos exames e os rastreamentos indicados para a idade?',
      why: 'Rastrear o que tem benefício comprovado.',
      cites: 'monitorizacao',
    },
    {
      topic: 'historia_familiar',
      weight: 82,
      ask: 'Há infarto, diabetes ou câncer em pais e irmãos, e com que idade?',
      why: 'Antecipa rastreamentos.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'habitos',
      weight: 80,
      ask: 'Como são a alimentação, a atividade física, o álcool e o cigarro?',
      why: 'Maior oportunidade de prevenção.',
      cites: 'anamnese-geral#habitos-e-contexto',
      audience: grown,
    },
    {
      topic: 'vacinas',
      weight: 78,
      ask: 'As vacinas do adulto estão em dia?',
      why: 'Prevenção com maior benefício por menor custo.',
      cites: 'monitorizacao',
    },
    {
      topic: 'sinais_alarme',
      weight: 70,
      redFlag: true,
      ask: 'Notou perda de peso, sangramento, falta de ar, dor no peito ou caroço?',
      why: 'Sintoma muda o rastreio em investigação.',
      cites: 'anamnese-geral#sinais-de-alarme',
    },
    {
      topic: 'antecedentes',
      weight: 74,
      ask: 'Tem alguma doença, cirurgia ou internação?',
      why: 'Personaliza os exames.',
      cites: 'anamnese-geral#antecedentes',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Usa algum remédio, vitamina ou suplemento?',
      why: 'Define exames de acompanhamento.',
      cites: 'revisao-da-medicacao',
    },
    {
      topic: 'sono',
      weight: 64,
      ask: 'Como estão o sono e o humor?',
      why: 'Rastreia apneia, ansiedade e depressão.',
      cites: 'autocuidado',
    },
    {
      topic: 'alergias',
      weight: 62,
      ask: 'Tem alguma alergia?',
      why: 'Deve constar no prontuário.',
      cites: 'anamnese-geral#medicacoes-e-alergias',
    },
    {
      topic: 'medidas_em_casa',
      weight: 60,
      ask: 'Já mediu a pressão fora do consultório? Quanto deu?',
      why: 'Rastreia hipertensão.',
      cites: 'hipertensao#medida-e-diagnostico',
    },
  ],
};
