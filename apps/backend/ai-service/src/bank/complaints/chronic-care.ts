import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const chronicCare: Complaint[] = [
  {
    id: 'diabetes',
    label: 'Diabetes',
    guideline: 'diabetes-tipo-2',
    audience: { minYears: 10 },
    terms: phrases(`
      diabet*
      glicemia|glicose|glicada|insulina|metformina
      acucar ~ alto|alta|sangue|subiu|descontrolad*
    `),
    ownTopics: ['medidas_em_casa'],
    questions: [
      {
        topic: 'hipoglicemia',
        weight: 92,
        redFlag: true,
        ask: 'Tem tremor, suor frio, confusão ou mal-estar que melhora ao comer? Já teve açúcar baixo?',
        why: 'A hipoglicemia limita o tratamento e pode ser grave.',
        cites: 'hipoglicemia',
      },
      {
        topic: 'exame_pes',
        weight: 88,
        ask: 'Tem feridas, dormência, formigamento ou queimação nos pés?',
        why: 'O pé diabético é evitável; perguntar e examinar ao menos uma vez por ano.',
        cites: 'pes-e-complicacoes',
      },
      {
        topic: 'adesao',
        weight: 84,
        ask: 'Toma os remédios ou a insulina todos os dias? Quantas vezes esquece na semana?',
        why: 'Checar a adesão antes de aumentar a dose.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'medidas_em_casa',
        weight: 83,
        ask: 'Mede a glicemia em casa? Quais os valores em jejum e depois das refeições?',
        why: 'Os valores orientam o ajuste do tratamento.',
        cites: 'monitorizacao',
      },
      {
        topic: 'rastreios',
        weight: 82,
        ask: 'Quando fez a última hemoglobina glicada, o fundo de olho e o exame dos rins?',
        why: 'O rastreio anual de complicações faz parte do cuidado.',
        cites: 'pes-e-complicacoes',
      },
      {
        topic: 'habitos',
        weight: 78,
        ask: 'Como são a alimentação, as bebidas doces, a atividade física, o álcool e o cigarro?',
        why: 'Hábitos determinam o controle.',
        cites: 'habitos-e-peso',
      },
      {
        topic: 'sinais_alarme',
        weight: 80,
        redFlag: true,
        ask: 'Tem muita sede e urina, vômitos, visão embaçada, dor no peito ou ferida infectada?',
        why: 'Sugerem descompensação ou complicação aguda.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'efeitos_adversos',
        weight: 76,
        ask: 'Algum remédio causa diarreia, enjoo ou outro incômodo?',
        why: 'Efeitos da metformina são comuns e contornáveis.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'historia_familiar',
        weight: 62,
        ask: 'Alguém na família tem diabetes ou teve infarto?',
        why: 'Compõe o risco cardiovascular.',
        cites: 'habitos-e-peso',
      },
      {
        topic: 'perda_peso',
        weight: 66,
        ask: 'O peso mudou nos últimos meses?',
        why: 'Perda rápida indica descompensação; ganho, efeito do tratamento.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'peso',
        weight: 58,
        ask: 'Qual o peso atual?',
        why: 'Perder 5 a 10% melhora o controle.',
        cites: 'habitos-e-peso',
      },
      {
        topic: 'vacinas',
        weight: 62,
        ask: 'As vacinas de gripe, pneumonia e hepatite B estão em dia?',
        why: 'São indicadas para quem tem diabetes.',
        cites: 'conduta',
      },
      {
        topic: 'antecedentes',
        weight: 66,
        ask: 'Tem pressão alta, doença do coração, dos rins ou dos olhos?',
        why: 'Definem o remédio de preferência.',
        cites: 'conduta',
      },
      {
        topic: 'medicacoes',
        weight: 70,
        ask: 'Quais remédios toma e em que dose?',
        why: 'Sulfonilureia e insulina causam hipoglicemia.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'diurese',
        weight: 60,
        ask: 'Urina muito ou acorda à noite para urinar?',
        why: 'Poliúria indica glicemia alta.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'rede_apoio',
        weight: 56,
        ask: 'Quem ajuda com os remédios e a alimentação em casa?',
        why: 'O apoio da família melhora o controle.',
        cites: 'habitos-e-peso',
      },
      {
        topic: 'alergias',
        weight: 50,
        ask: 'Tem alergia a algum remédio?',
        why: 'Necessário antes de prescrever.',
        cites: 'cuidado-cronico#adesao-e-efeitos',
      },
    ],
  },
  {
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
  },
  {
    id: 'peso-excesso',
    label: 'Excesso de peso',
    guideline: 'cuidado-cronico',
    terms: phrases(`
      emagrecer
      perder ~ peso|quilos
      acima do peso
      engord*
      obes*
      ganhei|ganhando ~ peso|quilos
    `),
    ownTopics: ['peso', 'perda_peso'],
    questions: [
      {
        topic: 'habitos',
        weight: 84,
        ask: 'Como são as refeições, os lanches, as bebidas e a atividade física na semana?',
        why: 'Base do plano de cuidado.',
        cites: 'autocuidado',
      },
      {
        topic: 'sono',
        weight: 76,
        ask: 'Como é o sono? Ronca ou tem sonolência durante o dia?',
        why: 'Apneia e sono curto favorecem o ganho de peso.',
        cites: 'hipertensao#habitos',
      },
      {
        topic: 'antecedentes',
        weight: 78,
        ask: 'Tem pressão alta, diabetes, problema de tireoide ou ovário policístico?',
        why: 'Comorbidades definem o risco e a conduta.',
        cites: 'anamnese-geral#antecedentes',
      },
      {
        topic: 'medicacoes',
        weight: 76,
        ask: 'Usa corticoide, antidepressivo, hormônio ou já usou remédio para emagrecer?',
        why: 'Remédios podem causar ganho de peso ou risco.',
        cites: 'revisao-da-medicacao',
      },
      {
        topic: 'sinais_alarme',
        weight: 72,
        redFlag: true,
        ask: 'Tem episódios de comer sem controle, vômitos provocados, tristeza ou pensamentos de morte?',
        why: 'Transtornos alimentares e depressão mudam o tratamento.',
        cites: 'depressao#sinais-de-alarme',
      },
      {
        topic: 'historia_familiar',
        weight: 70,
        ask: 'Há obesidade, diabetes ou infarto na família?',
        why: 'Compõe o risco.',
        cites: 'anamnese-geral#antecedentes',
      },
      {
        topic: 'rastreios',
        weight: 68,
        ask: 'Fez exames de glicemia, colesterol, fígado e tireoide?',
        why: 'Rastreia complicações.',
        cites: 'monitorizacao',
      },
      {
        topic: 'rede_apoio',
        weight: 64,
        ask: 'Quem cozinha em casa e quem pode apoiar as mudanças?',
        why: 'O apoio familiar aumenta o sucesso.',
        cites: 'autocuidado',
      },
      {
        topic: 'peso',
        weight: 62,
        ask: 'Qual o peso e a altura, e qual foi o maior peso?',
        why: 'Define o índice de massa corporal e a meta.',
        cites: 'autocuidado',
      },
    ],
  },
  {
    id: 'tabagismo',
    label: 'Parar de fumar',
    guideline: 'cuidado-cronico',
    terms: phrases(`
      parar|largar|deixar ~ fumar|cigarro
      vicio ~ cigarro
    `),
    ownTopics: ['habitos'],
    questions: [
      {
        topic: 'habitos',
        weight: 82,
        ask: 'Quantos cigarros por dia, e quanto tempo depois de acordar fuma o primeiro?',
        why: 'Mede a dependência e orienta o tratamento.',
        cites: 'autocuidado',
      },
      {
        topic: 'antecedentes',
        weight: 80,
        ask: 'Tem doença do coração, do pulmão, convulsão ou transtorno alimentar?',
        why: 'Convulsão contraindica bupropiona.',
        cites: 'anamnese-geral#antecedentes',
      },
      {
        topic: 'sinais_alarme',
        weight: 80,
        redFlag: true,
        ask: 'Tem tosse com sangue, emagrecimento, falta de ar ou dor no peito?',
        why: 'Sinais de doença grave relacionada ao tabaco.',
        cites: 'dispneia#sinais-de-alarme',
      },
      {
        topic: 'rede_apoio',
        weight: 74,
        ask: 'Alguém mais fuma em casa? Quem pode apoiar?',
        why: 'O convívio com fumantes aumenta a recaída.',
        cites: 'autocuidado',
      },
      {
        topic: 'medicacoes',
        weight: 72,
        ask: 'Já tentou adesivo, goma ou remédio? Usa antidepressivo?',
        why: 'Tentativas anteriores orientam a escolha.',
        cites: 'revisao-da-medicacao',
      },
      {
        topic: 'sono',
        weight: 62,
        ask: 'Como estão o sono, a ansiedade e o humor?',
        why: 'Sintomas de humor aumentam a recaída.',
        cites: 'depressao#alcool-e-substancias',
      },
      {
        topic: 'historia_familiar',
        weight: 56,
        ask: 'Há câncer ou infarto na família?',
        why: 'Ajuda a definir risco e motivação.',
        cites: 'anamnese-geral#antecedentes',
      },
      {
        topic: 'vacinas',
        weight: 54,
        ask: 'As vacinas de gripe e pneumonia estão em dia?',
        why: 'Fumantes têm risco maior de infecção respiratória.',
        cites: 'infeccao-respiratoria#contatos-e-vacinas',
      },
    ],
  },
];
