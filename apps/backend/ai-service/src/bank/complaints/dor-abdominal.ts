import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile, grown } from '../complaint.ts';

export const dorAbdominal: Complaint = {
  id: 'dor-abdominal',
  label: 'Dor abdominal',
  guideline: 'dor-abdominal',
  terms: phrases(`
    dor|dores|colica|colicas|pontada|pontadas ~ barriga|abdome|abdomen|abdominal|estomago|umbigo|ventre|vesicula
    barriga|estomago ~~ doi|doendo|doer|dolorid*|inchad*|inchou|inchando|estufad*|dura
    doi ~ barriga|estomago
    pe da barriga
    boca do estomago
    colica*
  `),
  alarm: phrases(`
    barriga ~ dura
    parou ~ gases|evacuar
    nao evacuo|evacua|evacuou
    olho|olhos|pele ~ amarel*
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 95,
      redFlag: true,
      ask: 'Houve vômito com sangue, fezes pretas ou com sangue, barriga dura, pele amarelada ou desmaio?',
      why: 'São sinais de alarme que pedem remoção ou investigação rápida.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'febre',
      weight: 80,
      ask: 'Teve febre ou calafrios?',
      why: 'Febre com dor localizada sugere infecção como apendicite ou colecistite.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'irradiacao',
      weight: 79,
      ask: 'A dor mudou de lugar ou vai para as costas, o ombro ou a virilha?',
      why: 'A irradiação aponta pâncreas, vesícula, rim ou apêndice.',
      cites: 'caracterizacao',
    },
    {
      topic: 'gestacao',
      weight: 84,
      ask: 'Qual a data da última menstruação? Há possibilidade de gravidez?',
      why: 'Gravidez ectópica deve ser excluída em idade fértil.',
      cites: 'antecedentes-e-habitos',
      audience: fertile,
    },
    {
      topic: 'sintomas_associados',
      weight: 74,
      ask: 'Há náusea, vômito, diarreia, prisão de ventre ou ardência ao urinar?',
      why: 'O conjunto localiza o órgão.',
      cites: 'sintomas-associados',
    },
    {
      topic: 'fatores_piora',
      weight: 70,
      ask: 'Piora com comida gordurosa, jejum, movimento ou ao urinar ou evacuar?',
      why: 'A relação com alimento e movimento orienta a causa.',
      cites: 'caracterizacao',
    },
    {
      topic: 'medicacoes',
      weight: 72,
      ask: 'Usa anti-inflamatório, aspirina, ferro ou antibiótico?',
      why: 'Causam dor, sangramento ou alteração do intestino.',
      cites: 'medicacoes',
    },
    {
      topic: 'antecedentes',
      weight: 70,
      ask: 'Já teve cálculo, úlcera, gastrite ou cirurgia na barriga?',
      why: 'Antecedentes apontam causas prováveis, como aderências.',
      cites: 'antecedentes-e-habitos',
    },
    {
      topic: 'diurese',
      weight: 64,
      ask: 'Houve mudança na urina: dor, sangue, cor escura?',
      why: 'Sugere cálculo, infecção ou icterícia.',
      cites: 'sintomas-associados',
    },
    {
      topic: 'perda_peso',
      weight: 68,
      ask: 'Perdeu peso ou apetite?',
      why: 'Emagrecimento exige investigação de causa orgânica.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'habitos',
      weight: 64,
      ask: 'Como estão a alimentação, o álcool e o café?',
      why: 'Álcool e hábitos alimentares são causas comuns.',
      cites: 'antecedentes-e-habitos',
      audience: grown,
    },
    {
      topic: 'alergias',
      weight: 58,
      ask: 'Tem alergia a algum remédio?',
      why: 'Necessário antes de analgésico ou antibiótico.',
      cites: 'medicacoes',
    },
    {
      topic: 'carater',
      weight: 58,
      ask: 'A dor é em cólica, queimação, pontada ou contínua?',
      why: 'O caráter orienta o órgão.',
      cites: 'caracterizacao',
    },
    {
      topic: 'localizacao',
      weight: 62,
      ask: 'Em que parte da barriga a dor é mais forte?',
      why: 'A localização reduz o diferencial.',
      cites: 'caracterizacao',
    },
    {
      topic: 'intensidade',
      weight: 56,
      ask: 'De zero a dez, quão forte é a dor?',
      why: 'Dor muito intensa sugere urgência.',
      cites: 'caracterizacao',
    },
  ],
};
