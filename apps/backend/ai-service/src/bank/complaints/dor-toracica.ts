import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const dorToracica: Complaint = {
  id: 'dor-toracica',
  label: 'Dor torácica',
  guideline: 'dor-toracica',
  audience: { minYears: 12 },
  terms: phrases(`
    dor|dores|aperto|pontada|pontadas|queimacao|peso|pressao|desconforto|fisgada ~ peito|torax|torac*|coracao
    aperto|pressao|peso ~~ peito
    peito ~~ doi|doendo|doer|dor|aperta|apertando|apertado|queima|queimando|pesado
    doi ~ peito
    angina
    infarto ~ medo|suspeita|acho
  `),
  alarm: phrases(`
    falta de ar
    suor frio
    desmai*
  `),
  questions: [
    {
      topic: 'irradiacao',
      weight: 96,
      redFlag: true,
      ask: 'A dor vai para o braço, o pescoço, a mandíbula ou as costas?',
      why: 'Irradiação para braço, mandíbula ou costas aumenta a chance de origem coronariana ou aórtica.',
      cites: 'caracterizacao',
    },
    {
      topic: 'sintomas_associados',
      weight: 94,
      redFlag: true,
      ask: 'Junto com a dor aparece suor frio, náusea, falta de ar ou palpitação?',
      why: 'Sudorese, náusea e dispneia junto da dor reforçam a suspeita de isquemia.',
      cites: 'sintomas-associados',
    },
    {
      topic: 'sinais_alarme',
      weight: 90,
      redFlag: true,
      ask: 'A dor já apareceu em repouso, durou mais de 20 minutos ou veio com desmaio?',
      why: 'Dor em repouso, prolongada ou com síncope comporta-se como instável e muda a urgência.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'historia_familiar',
      weight: 84,
      ask: 'Alguém na família teve infarto ou morte súbita antes dos 55 anos (homens) ou 65 anos (mulheres)?',
      why: 'Doença coronariana precoce em parente de primeiro grau eleva o risco.',
      cites: 'fatores-de-risco',
    },
    {
      topic: 'fatores_piora',
      weight: 82,
      ask: 'A dor aparece com esforço, emoção, ao respirar fundo ou ao apertar o local?',
      why: 'O que desencadeia a dor separa angina de causas pulmonares e da parede do tórax.',
      cites: 'caracterizacao',
    },
    {
      topic: 'fatores_melhora',
      weight: 70,
      ask: 'A dor passa em poucos minutos com o repouso?',
      why: 'Alívio com repouso é uma das três características da angina típica.',
      cites: 'caracterizacao',
    },
    {
      topic: 'antecedentes',
      weight: 76,
      ask: 'Há pressão alta, diabetes, colesterol alto ou doença do coração conhecida?',
      why: 'Fatores de risco definem a probabilidade antes dos exames.',
      cites: 'fatores-de-risco',
    },
    {
      topic: 'habitos',
      weight: 72,
      ask: 'Fuma ou já fumou? Usa álcool ou outras substâncias?',
      why: 'Tabagismo e cocaína são fatores de risco que mudam a investigação.',
      cites: 'fatores-de-risco',
    },
    {
      topic: 'alergias',
      weight: 66,
      ask: 'Tem alergia a ácido acetilsalicílico, anti-inflamatórios ou contraste?',
      why: 'Precisa estar claro antes de antiagregante ou exame com contraste.',
      cites: 'medicacoes-e-alergias',
    },
    {
      topic: 'medicacoes',
      weight: 68,
      ask: 'Quais remédios usa, incluindo algum para ereção nas últimas 48 horas?',
      why: 'Sildenafila contraindica nitrato; outros remédios mudam a conduta.',
      cites: 'medicacoes-e-alergias',
    },
    {
      topic: 'carater',
      weight: 64,
      ask: 'Como é a dor: aperto, peso, queimação ou pontada?',
      why: 'O caráter ajuda a classificar a dor em típica, atípica ou não anginosa.',
      cites: 'caracterizacao',
    },
    {
      topic: 'duracao',
      weight: 66,
      ask: 'Quanto tempo dura cada episódio de dor?',
      why: 'Mais de 20 minutos sugere síndrome coronariana aguda.',
      cites: 'sinais-de-alarme',
    },
  ],
};
