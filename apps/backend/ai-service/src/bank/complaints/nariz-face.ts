import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const narizFace: Complaint = {
  id: 'nariz-face',
  label: 'Rinite e sinusite',
  guideline: 'dor-garganta-ouvido',
  terms: phrases(`
    sinusite|rinite
    nariz ~ entupid*|trancad*|tampad*|escorr*|coca*
    dor|pressao ~ face|rosto|testa ~ nariz|secrecao
    secrecao ~ nariz|nasal|amarel*|verde
  `),
  alarm: phrases(`
    ao redor ~ olho|olhos
    visao|vista
    incha* ~ olho|olhos|rosto
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 88,
      redFlag: true,
      ask: 'Há inchaço ou vermelhidão ao redor do olho, visão alterada ou dor de cabeça muito forte?',
      why: 'Sugerem complicação orbitária ou intracraniana da sinusite.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'febre',
      weight: 74,
      ask: 'Teve febre, ou melhorou e depois piorou?',
      why: 'Piora após melhora sugere sinusite bacteriana.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 76,
      ask: 'Tem alergias, respiratórias ou a remédios?',
      why: 'Rinite alérgica é causa frequente; alergia define o tratamento.',
      cites: 'antecedentes',
    },
    {
      topic: 'fatores_piora',
      weight: 70,
      ask: 'Piora com poeira, mofo, cheiros, frio ou animais?',
      why: 'Gatilhos sugerem rinite alérgica.',
      cites: 'asma#gatilhos',
    },
    {
      topic: 'medicacoes',
      weight: 68,
      ask: 'Usa descongestionante nasal? Há quanto tempo?',
      why: 'O uso prolongado causa rinite medicamentosa.',
      cites: 'conduta',
    },
    {
      topic: 'antecedentes',
      weight: 64,
      ask: 'Tem asma, desvio de septo ou sinusites repetidas?',
      why: 'Muda o tratamento e o encaminhamento.',
      cites: 'antecedentes',
    },
    {
      topic: 'habitos',
      weight: 60,
      ask: 'Fuma ou convive com fumaça?',
      why: 'Irritantes mantêm a inflamação.',
      cites: 'antecedentes',
      audience: grown,
    },
    {
      topic: 'historia_familiar',
      weight: 56,
      ask: 'Alguém na família tem rinite, asma ou alergias?',
      why: 'Atopia familiar apoia a causa alérgica.',
      cites: 'asma#antecedentes',
    },
  ],
};
