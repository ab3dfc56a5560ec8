import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const azia: Complaint = {
  id: 'azia',
  label: 'Azia e má digestão',
  guideline: 'dor-abdominal',
  terms: phrases(`
    azia|refluxo|queimacao ~ estomago|garganta|peito?
    azia|refluxo|gastrite|dispepsia|empachad*|empachamento|estufad*|estufamento
    estomago ~ queima*|ard*|embrulhad*
    ma digestao
    arrot*
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 92,
      redFlag: true,
      ask: 'Tem dificuldade para engolir, vômito com sangue ou fezes pretas?',
      why: 'São sinais de alarme que indicam endoscopia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'perda_peso',
      weight: 84,
      ask: 'Perdeu peso sem querer?',
      why: 'Emagrecimento exige investigação.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'medicacoes',
      weight: 80,
      ask: 'Usa anti-inflamatório, aspirina ou corticoide? Há quanto tempo toma remédio para o estômago?',
      why: 'São causas de úlcera e sangramento.',
      cites: 'medicacoes',
    },
    {
      topic: 'historia_familiar',
      weight: 74,
      ask: 'Alguém na família teve câncer de estômago ou de esôfago?',
      why: 'Antecipa a endoscopia.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'habitos',
      weight: 76,
      ask: 'Como são o álcool, o cigarro, o café e o horário do jantar?',
      why: 'São os fatores modificáveis principais.',
      cites: 'antecedentes-e-habitos',
      audience: grown,
    },
    {
      topic: 'fatores_piora',
      weight: 68,
      ask: 'Piora ao deitar, depois de comer ou com certos alimentos?',
      why: 'Sugere refluxo e orienta medidas.',
      cites: 'caracterizacao',
    },
    {
      topic: 'irradiacao',
      weight: 66,
      ask: 'A queimação vai para o peito, o braço ou as costas?',
      why: 'Isquemia cardíaca pode simular dor de estômago.',
      cites: 'caracterizacao',
    },
    {
      topic: 'antecedentes',
      weight: 64,
      ask: 'Já teve úlcera, H. pylori ou endoscopia antes?',
      why: 'Muda o tratamento.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'sono',
      weight: 50,
      ask: 'Acorda à noite por causa da azia ou da tosse?',
      why: 'Sintoma noturno indica refluxo mais intenso.',
      cites: 'sintomas-associados',
    },
  ],
};
