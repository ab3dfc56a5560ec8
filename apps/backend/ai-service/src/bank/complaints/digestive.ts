import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

const fertile = { sex: 'F', minYears: 11, maxYears: 55 } as const;

export const digestive: Complaint[] = [
  {
    id: 'dor-abdominal',
    label: 'Dor abdominal',
    guideline: 'dor-abdominal',
    terms: phrases(`
      dor|dores|colica|colicas|pontada|pontadas ~ barriga|abdome|abdomen|abdominal|estomago|umbigo|ventre|vesicula
      barriga|estomago ~~ doi|doendo|doer|dolorid*|inchad*|dura
      doi ~ barriga|estomago
      pe da barriga
      boca do estomago
      colica*
    `),
    alarm: phrases(`
      barriga ~ dura
      parou ~ gases|evacuar
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
  },
  {
    id: 'diarreia',
    label: 'Diarreia e vômitos',
    guideline: 'diarreia',
    terms: phrases(`
      diarreia
      intestino ~ solto|desarranjad*|desregulad*
      fezes|coco ~ mole|moles|liquid*|aguad*
      evacuando ~ muito|vezes|agua
      vomit*
      desarranjo|virose|gastroenterite|infeccao intestinal
      caganeira
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 92,
        redFlag: true,
        ask: 'Há sangue nas fezes, vômitos que não param, sonolência ou dor abdominal forte?',
        why: 'Indicam disenteria, desidratação grave ou outra urgência.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'hidratacao',
        weight: 90,
        redFlag: true,
        ask: 'Está conseguindo beber líquidos ou soro? A boca está seca, há muita sede?',
        why: 'Aceitação de líquidos define o plano de reidratação.',
        cites: 'hidratacao-e-diurese',
      },
      {
        topic: 'diurese',
        weight: 86,
        ask: 'Quantas vezes urinou nas últimas horas, e qual a cor da urina?',
        why: 'Pouca urina é sinal de desidratação.',
        cites: 'hidratacao-e-diurese',
      },
      {
        topic: 'contatos',
        weight: 82,
        ask: 'Alguém próximo teve o mesmo quadro, ou comeu algo suspeito ou bebeu água não tratada?',
        why: 'Exposição comum sugere surto e causa infecciosa.',
        cites: 'exposicao',
      },
      {
        topic: 'febre',
        weight: 77,
        ask: 'Teve febre? De quanto?',
        why: 'Febre com sangue sugere bactéria invasiva.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 74,
        ask: 'Usou antibiótico, laxante, metformina ou outro remédio recentemente?',
        why: 'Remédios causam diarreia, e alguns devem ser pausados na desidratação.',
        cites: 'medicacoes',
      },
      {
        topic: 'antecedentes',
        weight: 66,
        ask: 'Tem alguma doença crônica, imunidade baixa ou quadros repetidos?',
        why: 'Muda o risco e a investigação.',
        cites: 'anamnese',
      },
      {
        topic: 'alergias',
        weight: 62,
        ask: 'Tem alergia a remédio ou alimento?',
        why: 'Intolerâncias podem ser a causa; alergias limitam o tratamento.',
        cites: 'medicacoes',
      },
      {
        topic: 'perda_peso',
        weight: 64,
        ask: 'Perdeu peso?',
        why: 'Perda de peso estima a desidratação e sugere causa crônica.',
        cites: 'anamnese',
      },
      {
        topic: 'vacinas',
        weight: 60,
        ask: 'A vacina contra rotavírus está em dia?',
        why: 'Reduz formas graves em crianças.',
        cites: 'exposicao',
        audience: { maxYears: 5 },
      },
      {
        topic: 'frequencia',
        weight: 66,
        ask: 'Quantas evacuações ou vômitos por dia?',
        why: 'Quantifica a perda de líquidos.',
        cites: 'anamnese',
      },
      {
        topic: 'gestacao',
        weight: 62,
        ask: 'Há possibilidade de gravidez?',
        why: 'Vômitos podem ser de gestação, que também muda o tratamento.',
        cites: 'sinais-de-alarme',
        audience: fertile,
      },
      {
        topic: 'carater',
        weight: 58,
        ask: 'Como são as fezes: líquidas, com muco ou sangue?',
        why: 'Separa diarreia aquosa de disenteria.',
        cites: 'anamnese',
      },
    ],
  },
  {
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
  },
  {
    id: 'constipacao',
    label: 'Prisão de ventre',
    guideline: 'dor-abdominal',
    terms: phrases(`
      prisao de ventre
      intestino ~ preso|prende|trava*
      constipa*
      ressecad*|resseca*
      nao ~ evacuar|evacuo|coco
      hemorroid*
      sangr* ~ evacuar|fezes|anus
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 92,
        redFlag: true,
        ask: 'Há sangue nas fezes, fezes afiladas, vômitos ou parada de gases?',
        why: 'Sugerem obstrução ou câncer colorretal.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'perda_peso',
        weight: 82,
        ask: 'Perdeu peso ou apetite?',
        why: 'Sinal de alarme para câncer.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'historia_familiar',
        weight: 80,
        ask: 'Alguém na família teve câncer de intestino?',
        why: 'Antecipa a colonoscopia.',
        cites: 'sintomas-associados',
      },
      {
        topic: 'medicacoes',
        weight: 78,
        ask: 'Usa ferro, codeína, antidepressivo, cálcio ou laxante?',
        why: 'Remédios são causa frequente.',
        cites: 'medicacoes',
      },
      {
        topic: 'habitos',
        weight: 76,
        ask: 'Como são as fibras, a água e a atividade física no dia a dia?',
        why: 'Base do tratamento.',
        cites: 'conduta',
      },
      {
        topic: 'rastreios',
        weight: 70,
        ask: 'Já fez colonoscopia ou pesquisa de sangue nas fezes?',
        why: 'Rastreamento conforme idade e risco.',
        cites: 'sintomas-associados',
        audience: { minYears: 45 },
      },
      {
        topic: 'hidratacao',
        weight: 66,
        ask: 'Quanta água bebe por dia?',
        why: 'Pouca água resseca as fezes.',
        cites: 'conduta',
      },
      {
        topic: 'antecedentes',
        weight: 62,
        ask: 'Tem diabetes, problema de tireoide ou cirurgia abdominal?',
        why: 'São causas secundárias.',
        cites: 'antecedentes-e-habitos',
      },
      {
        topic: 'frequencia',
        weight: 56,
        ask: 'Quantas vezes evacua por semana?',
        why: 'Menos de três vezes por semana define constipação.',
        cites: 'conduta',
      },
    ],
  },
];
