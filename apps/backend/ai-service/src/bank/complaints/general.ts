import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

const fertile = { sex: 'F', minYears: 11, maxYears: 55 } as const;

export const general: Complaint[] = [
  {
    id: 'febre-crianca',
    label: 'Febre na criança',
    guideline: 'febre-crianca',
    audience: { maxYears: 12 },
    ownTopics: ['febre'],
    terms: phrases(`
      febre|febril|febrinha
      quente|quentinho ~ corpo|testa|crianca|bebe
      moleza|molinh*|prostrad*|caidinh*
    `),
    alarm: phrases(`
      manchas|pintas
      respira*
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 93,
        redFlag: true,
        ask: 'A criança está muito sonolenta, gemendo, com manchas roxas, convulsão ou respirando com esforço?',
        why: 'São sinais de perigo que exigem avaliação imediata.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'hidratacao',
        weight: 92,
        redFlag: true,
        ask: 'Está aceitando líquidos ou mamando?',
        why: 'Recusa de líquidos é sinal de perigo e de desidratação.',
        cites: 'hidratacao-e-diurese',
      },
      {
        topic: 'diurese',
        weight: 88,
        ask: 'Quantas vezes fez xixi ou trocou a fralda molhada hoje?',
        why: 'Pouca urina indica desidratação.',
        cites: 'hidratacao-e-diurese',
      },
      {
        topic: 'contatos',
        weight: 84,
        ask: 'Tem contato com alguém doente em casa, na creche ou na escola?',
        why: 'A exposição orienta a causa da febre.',
        cites: 'anamnese',
      },
      {
        topic: 'alergias',
        weight: 83,
        ask: 'Tem alergia a algum remédio?',
        why: 'Necessário antes de antitérmico ou antibiótico.',
        cites: 'vacinas-e-antecedentes',
      },
      {
        topic: 'vacinas',
        weight: 78,
        ask: 'A caderneta de vacinação está em dia?',
        why: 'Vacinas em atraso mudam o risco de infecção grave.',
        cites: 'vacinas-e-antecedentes',
      },
      {
        topic: 'antecedentes',
        weight: 74,
        ask: 'Nasceu prematura, já teve convulsão febril, internação ou infecção urinária?',
        why: 'Antecedentes mudam o risco e os exames.',
        cites: 'vacinas-e-antecedentes',
      },
      {
        topic: 'peso',
        weight: 72,
        ask: 'Qual o peso atual da criança?',
        why: 'A dose do antitérmico depende do peso.',
        cites: 'antitermico',
      },
      {
        topic: 'medicacoes',
        weight: 72,
        ask: 'Que remédio deu, quantas gotas e de quanto em quanto tempo?',
        why: 'Confere dose e intervalo.',
        cites: 'antitermico',
      },
      {
        topic: 'febre',
        weight: 70,
        ask: 'Qual foi a temperatura mais alta e como mediu?',
        why: 'Registra a febre e o intervalo entre picos.',
        cites: 'anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 72,
        ask: 'Há tosse, coriza, vômito, diarreia, dor de ouvido ou dor ao urinar?',
        why: 'Ajuda a encontrar o foco.',
        cites: 'anamnese',
      },
      {
        topic: 'sono',
        weight: 50,
        ask: 'Entre os picos de febre, brinca e dorme como de costume?',
        why: 'O estado geral entre os picos informa mais que o número.',
        cites: 'anamnese',
      },
    ],
  },
  {
    id: 'febre-adulto',
    label: 'Febre no adulto',
    guideline: 'arboviroses',
    audience: { minYears: 13 },
    ownTopics: ['febre'],
    terms: phrases(`
      febre|febril
      dengue|chikungunya|zika
      dor ~ corpo ~ todo|inteiro
      calafrio*
      corpo ~ moido|quebrado|ruim
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'Tem dor forte na barriga, vômitos que não param, sangramento, tontura ao levantar ou confusão?',
        why: 'São sinais de alarme da dengue e de infecção grave.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'contatos',
        weight: 84,
        ask: 'Há casos de dengue por perto, viagem recente, contato com enchente, ratos ou carrapatos?',
        why: 'A exposição orienta o diagnóstico e a notificação.',
        cites: 'exposicao-e-vacinas',
      },
      {
        topic: 'hidratacao',
        weight: 82,
        ask: 'Quanto líquido está conseguindo beber por dia?',
        why: 'A hidratação é a base do tratamento da dengue.',
        cites: 'conduta',
      },
      {
        topic: 'sintomas_associados',
        weight: 78,
        ask: 'Há dor atrás dos olhos, no corpo ou nas juntas, manchas, tosse ou dor ao urinar?',
        why: 'Diferencia arboviroses de outros focos.',
        cites: 'anamnese',
      },
      {
        topic: 'medicacoes',
        weight: 80,
        ask: 'Tomou aspirina ou anti-inflamatório? Usa anticoagulante?',
        why: 'Aumentam o risco de sangramento na dengue.',
        cites: 'grupos-de-risco',
      },
      {
        topic: 'diurese',
        weight: 72,
        ask: 'A urina diminuiu ou escureceu?',
        why: 'Pouca urina é sinal de alarme.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'vacinas',
        weight: 70,
        ask: 'Tem vacina de febre amarela, dengue, gripe e covid-19?',
        why: 'Muda a probabilidade das causas.',
        cites: 'exposicao-e-vacinas',
      },
      {
        topic: 'antecedentes',
        weight: 72,
        ask: 'Tem hipertensão, diabetes, doença do rim, do sangue ou imunidade baixa?',
        why: 'Define o grupo de risco.',
        cites: 'grupos-de-risco',
      },
      {
        topic: 'gestacao',
        weight: 74,
        ask: 'Há possibilidade de gravidez?',
        why: 'Gestantes são grupo de risco.',
        cites: 'grupos-de-risco',
        audience: fertile,
      },
      {
        topic: 'alergias',
        weight: 66,
        ask: 'Tem alergia a dipirona, paracetamol ou outro remédio?',
        why: 'Necessário antes do antitérmico.',
        cites: 'grupos-de-risco',
      },
      {
        topic: 'febre',
        weight: 68,
        ask: 'Qual a temperatura mais alta e há quantos dias?',
        why: 'O dia de doença define a fase da dengue.',
        cites: 'anamnese',
      },
      {
        topic: 'perda_peso',
        weight: 58,
        ask: 'Perdeu peso ou tem suor noturno?',
        why: 'Com febre prolongada sugerem tuberculose ou outra doença.',
        cites: 'anamnese',
      },
    ],
  },
  {
    id: 'cansaco',
    vague: true,
    label: 'Cansaço',
    guideline: 'anamnese-geral',
    terms: phrases(`
      cansaco|cansad* ~ muito|sempre|demais|dia|toda?
      cansaco
      fadiga|fraqueza|indisposi*|exaust*
      sem energia|forca|disposicao
      anemia
      moleza
    `),
    questions: [
      {
        topic: 'perda_peso',
        weight: 84,
        redFlag: true,
        ask: 'Perdeu peso, teve febre ou suor noturno?',
        why: 'Sugerem infecção crônica, câncer ou doença endócrina.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'sinais_alarme',
        weight: 86,
        redFlag: true,
        ask: 'Tem falta de ar, dor no peito, desmaio, sangramento ou pensamentos de morte?',
        why: 'São sinais de alarme em qualquer queixa de cansaço.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'sono',
        weight: 80,
        ask: 'Como é o sono: horas, ronco, acorda descansado?',
        why: 'Sono ruim e apneia são causas comuns.',
        cites: 'insonia#anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 74,
        ask: 'Como estão o humor e a vontade de fazer as coisas? Há palpitação, frio ou queda de cabelo?',
        why: 'Rastreia depressão, anemia e tireoide.',
        cites: 'depressao#anamnese',
      },
      {
        topic: 'medicacoes',
        weight: 74,
        ask: 'Que remédios usa, incluindo calmante e para pressão?',
        why: 'Vários remédios causam cansaço.',
        cites: 'medicacoes-e-alergias',
      },
      {
        topic: 'gestacao',
        weight: 72,
        ask: 'Como é o fluxo menstrual? Há possibilidade de gravidez?',
        why: 'Fluxo intenso causa anemia; gestação causa cansaço.',
        cites: 'saude-da-mulher#anamnese',
        audience: fertile,
      },
      {
        topic: 'antecedentes',
        weight: 72,
        ask: 'Tem anemia, tireoide, diabetes, depressão ou doença do coração?',
        why: 'São causas frequentes.',
        cites: 'antecedentes',
      },
      {
        topic: 'habitos',
        weight: 70,
        ask: 'Como são a alimentação, o trabalho, o exercício e o álcool?',
        why: 'Sobrecarga e dieta explicam muitos casos.',
        cites: 'habitos-e-contexto',
      },
      {
        topic: 'historia_familiar',
        weight: 60,
        ask: 'Há anemia, tireoide, diabetes ou câncer na família?',
        why: 'Orienta os exames.',
        cites: 'antecedentes',
      },
      {
        topic: 'rede_apoio',
        weight: 60,
        ask: 'Como estão as coisas em casa e no trabalho?',
        why: 'Sobrecarga e sofrimento psíquico são causas comuns.',
        cites: 'habitos-e-contexto',
      },
      {
        topic: 'fatores_piora',
        weight: 56,
        ask: 'Piora com esforço ou já acorda cansado?',
        why: 'Separa causa cardiopulmonar de sono e humor.',
        cites: 'queixa-atual',
      },
    ],
  },
  {
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
  },
];

/** What any consultation should know; used when no complaint has been recognised yet. */
export const fallback: Complaint = {
  id: 'anamnese-geral',
  label: 'Anamnese geral',
  guideline: 'anamnese-geral',
  terms: phrases(''),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 80,
      redFlag: true,
      ask: 'Teve piora rápida, febre persistente, falta de ar, dor no peito, desmaio ou sangramento?',
      why: 'Sinais de alarme em qualquer queixa diminuem o limiar para avaliação imediata.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'sintomas_associados',
      weight: 74,
      ask: 'Além disso, apareceu algum outro sintoma?',
      why: 'Sintomas associados completam a queixa e orientam a causa.',
      cites: 'queixa-atual',
    },
    {
      topic: 'alergias',
      weight: 72,
      ask: 'Tem alergia a algum remédio ou alimento? Como foi a reação?',
      why: 'Deve estar registrada antes de qualquer prescrição.',
      cites: 'medicacoes-e-alergias',
    },
    {
      topic: 'gestacao',
      weight: 66,
      ask: 'Há possibilidade de gravidez?',
      why: 'A gestação muda exames e remédios.',
      cites: 'medicacoes-e-alergias',
      audience: { sex: 'F', minYears: 11, maxYears: 55 },
    },
    {
      topic: 'historia_familiar',
      weight: 68,
      ask: 'Há doenças importantes em pais ou irmãos?',
      why: 'Revela riscos que a queixa isolada não mostra.',
      cites: 'antecedentes',
    },
    {
      topic: 'antecedentes',
      weight: 70,
      ask: 'Tem alguma doença, cirurgia ou internação anterior?',
      why: 'O histórico muda risco e conduta.',
      cites: 'antecedentes',
    },
    {
      topic: 'medicacoes',
      weight: 70,
      ask: 'Quais remédios usa, com ou sem receita, e em que dose?',
      why: 'Identifica interação, efeito adverso e duplicidade.',
      cites: 'medicacoes-e-alergias',
    },
    {
      topic: 'fatores_piora',
      weight: 64,
      ask: 'O que piora ou desencadeia?',
      why: 'O gatilho orienta a causa.',
      cites: 'queixa-atual',
    },
    {
      topic: 'habitos',
      weight: 62,
      ask: 'Como são a alimentação, a atividade física, o álcool e o cigarro?',
      why: 'O contexto define o plano possível.',
      cites: 'habitos-e-contexto',
    },
    {
      topic: 'fatores_melhora',
      weight: 58,
      ask: 'O que melhora? Já tentou alguma coisa?',
      why: 'Mostra o que já foi feito e o efeito.',
      cites: 'queixa-atual',
    },
    {
      topic: 'sono',
      weight: 54,
      ask: 'Como está o sono?',
      why: 'O sono reflete o impacto da queixa.',
      cites: 'habitos-e-contexto',
    },
    {
      topic: 'rede_apoio',
      weight: 54,
      ask: 'Com quem mora e com quem pode contar?',
      why: 'A rede de apoio compõe o plano.',
      cites: 'habitos-e-contexto',
    },
    {
      topic: 'inicio',
      weight: 60,
      ask: 'Quando começou e como evoluiu?',
      why: 'Situa a queixa no tempo.',
      cites: 'queixa-atual',
    },
    {
      topic: 'intensidade',
      weight: 50,
      ask: 'Quanto isso atrapalha o dia a dia?',
      why: 'Mede o impacto da queixa.',
      cites: 'queixa-atual',
    },
  ],
};
