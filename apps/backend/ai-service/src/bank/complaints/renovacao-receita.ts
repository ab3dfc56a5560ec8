import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const renovacaoReceita: Complaint = {
  id: 'renovacao-receita',
  label: 'Renovação de receita',
  guideline: 'cuidado-cronico',
  terms: phrases(`
    renov* ~ receita*|remedio*
    receita ~ venceu|acabou|vencida|nova|pegar|preciso
    pegar|preciso|queria|quero ~ receita|receitas
    remedio* ~ acab*
    uso continuo|controlado
  `),
  questions: [
    {
      topic: 'adesao',
      weight: 86,
      ask: 'Na última semana, quantas doses esqueceu ou deixou de tomar?',
      why: 'Checar o uso real antes de renovar ou ajustar.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'efeitos_adversos',
      weight: 84,
      ask: 'Algum dos remédios faz mal ou incomoda?',
      why: 'Efeitos adversos levam ao abandono e têm alternativa.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'sinais_alarme',
      weight: 82,
      redFlag: true,
      ask: 'Desde a última consulta teve desmaio, queda, sangramento, falta de ar, dor no peito ou internação?',
      why: 'Renovar não dispensa procurar sinais de descompensação.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'rastreios',
      weight: 78,
      ask: 'Quando fez os últimos exames de acompanhamento e os preventivos da idade?',
      why: 'Vários remédios exigem exames antes de renovar.',
      cites: 'monitorizacao',
    },
    {
      topic: 'alergias',
      weight: 74,
      ask: 'Tem alergia ou reação a algum remédio?',
      why: 'Deve estar registrada antes de prescrever.',
      cites: 'adesao-e-efeitos',
    },
    {
      topic: 'medidas_em_casa',
      weight: 73,
      ask: 'Tem medido pressão ou glicemia em casa? Quais valores?',
      why: 'Mostra se o tratamento está funcionando.',
      cites: 'monitorizacao',
    },
    {
      topic: 'medicacoes',
      weight: 76,
      ask: 'Pode ler os nomes, as doses e os horários de todos os remédios, inclusive sem receita e chás?',
      why: 'Identifica duplicidade e interação.',
      cites: 'revisao-da-medicacao',
    },
    {
      topic: 'habitos',
      weight: 66,
      ask: 'Como estão a alimentação, a atividade física, o álcool e o cigarro?',
      why: 'O autocuidado faz parte do tratamento.',
      cites: 'autocuidado',
      audience: grown,
    },
    {
      topic: 'antecedentes',
      weight: 62,
      ask: 'Para quais doenças usa cada remédio, e surgiu alguma nova?',
      why: 'Confirma se ainda há indicação.',
      cites: 'revisao-da-medicacao',
    },
    {
      topic: 'rede_apoio',
      weight: 60,
      ask: 'Quem ajuda com os remédios no dia a dia?',
      why: 'Apoio melhora a adesão.',
      cites: 'autocuidado',
    },
    {
      topic: 'vacinas',
      weight: 58,
      ask: 'As vacinas estão em dia?',
      why: 'Oportunidade de atualizar.',
      cites: 'monitorizacao',
    },
    {
      topic: 'sono',
      weight: 56,
      ask: 'Como estão o sono e o humor?',
      why: 'Rastreia depressão e uso de calmantes.',
      cites: 'autocuidado',
    },
    {
      topic: 'sintomas_associados',
      weight: 60,
      ask: 'Apareceu algum sintoma novo?',
      why: 'Sintomas novos mudam a prescrição.',
      cites: 'sinais-de-alarme',
    },
  ],
};
