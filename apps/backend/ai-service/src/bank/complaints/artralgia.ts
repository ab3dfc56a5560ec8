import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, grown } from '../complaint.ts';

export const artralgia: Complaint = {
  id: 'artralgia',
  label: 'Dor articular e muscular',
  guideline: 'artralgia',
  terms: phrases(`
    dor|dores ~ joelho*|ombro*|quadril|tornozelo*|mao|maos|dedo|dedos|punho*|cotovelo*|pe|junta|juntas|articula*|calcanhar|pescoco|braco|bracos|perna|pernas|musculo|musculos|corpo|ossos
    joelho*|ombro*|quadril|tornozelo*|dedo|dedos|junta|juntas|articula*|punho*|cotovelo* ~~ doi|doendo|doer|incha*|dolorid*|travad*|inflamad*
    doi ~ joelho*|ombro*|quadril|juntas|maos|dedos
    joelho*|ombro*|quadril|tornozelo*|dedo|dedos|juntas|punho*|cotovelo* ~~ incha*|travad*|inflamad*
    artrite|artrose|reumatismo|gota|tendinite|bursite|fibromialgia
    torci|torceu
  `),
  questions: [
    {
      topic: 'febre',
      weight: 92,
      redFlag: true,
      ask: 'Teve febre, ou a articulação está quente e vermelha?',
      why: 'Articulação quente com febre é artrite séptica até prova em contrário.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'trauma',
      weight: 84,
      ask: 'Houve queda, torção ou esforço repetitivo?',
      why: 'Trauma com incapacidade de apoiar pede radiografia.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sinais_alarme',
      weight: 82,
      redFlag: true,
      ask: 'Consegue apoiar e mover? Há fraqueza, perda de peso, manchas na pele ou feridas na boca?',
      why: 'Sinais de alarme que pedem investigação rápida.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sintomas_associados',
      weight: 78,
      ask: 'Há inchaço, ou rigidez ao acordar? Por quantos minutos?',
      why: 'Rigidez acima de 30 a 60 minutos sugere inflamação.',
      cites: 'caracterizacao',
    },
    {
      topic: 'historia_familiar',
      weight: 72,
      ask: 'Alguém na família tem artrite reumatoide, lúpus, psoríase ou gota?',
      why: 'A história familiar orienta a causa.',
      cites: 'antecedentes',
    },
    {
      topic: 'contatos',
      weight: 66,
      ask: 'Teve dengue, chikungunya ou virose recente, ou casos por perto?',
      why: 'Artrite pós-viral é comum em áreas de transmissão.',
      cites: 'caracterizacao',
    },
    {
      topic: 'antecedentes',
      weight: 72,
      ask: 'Tem psoríase, gota, doença intestinal ou problema nos rins?',
      why: 'Associam-se a artrites e limitam anti-inflamatório.',
      cites: 'antecedentes',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Usa diurético, estatina ou anticoagulante? Quanto anti-inflamatório toma?',
      why: 'Podem causar sintomas ou risco com o tratamento.',
      cites: 'antecedentes',
    },
    {
      topic: 'fatores_piora',
      weight: 66,
      ask: 'Piora com o uso ou com o repouso?',
      why: 'Separa causa mecânica de inflamatória.',
      cites: 'caracterizacao',
    },
    {
      topic: 'alergias',
      weight: 60,
      ask: 'Tem alergia a anti-inflamatório ou a outro remédio?',
      why: 'Necessário antes de prescrever.',
      cites: 'antecedentes',
    },
    {
      topic: 'habitos',
      weight: 60,
      ask: 'Como são o trabalho, o exercício, o álcool e a alimentação?',
      why: 'Sobrecarga, álcool e dieta influenciam.',
      cites: 'antecedentes',
      audience: grown,
    },
    {
      topic: 'irradiacao',
      weight: 58,
      ask: 'A dor fica no lugar ou se espalha?',
      why: 'Dor irradiada pode vir da coluna.',
      cites: 'caracterizacao',
    },
    {
      topic: 'localizacao',
      weight: 54,
      ask: 'Quais articulações, e dos dois lados?',
      why: 'O padrão orienta o diagnóstico.',
      cites: 'caracterizacao',
    },
  ],
};
