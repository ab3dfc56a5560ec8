import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const respiratory: Complaint[] = [
  {
    id: 'tosse',
    label: 'Tosse e sintomas gripais',
    guideline: 'infeccao-respiratoria',
    terms: phrases(`
      tosse|tossindo|tossir|tosses
      gripe|gripad*|resfriad*|covid
      virose respiratoria
      catarro|coriza|espirr*
      nariz escorrendo|entupido
      peito ~ cheio|carregado|chiando
      pneumonia
    `),
    alarm: phrases(`
      falta de ar
      sangue ~ catarro|tosse|escarro
      dor ~ respirar
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'Tem falta de ar, dor ao respirar, sangue no catarro ou confusão?',
        why: 'São sinais de gravidade que pedem avaliação presencial imediata.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'febre',
        weight: 80,
        ask: 'Teve febre? De quanto e por quantos dias?',
        why: 'Febre alta ou que volta após melhora sugere pneumonia.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'contatos',
        weight: 82,
        ask: 'Alguém próximo está com os mesmos sintomas, ou houve viagem ou contato com tuberculose?',
        why: 'A exposição orienta diagnóstico, isolamento e notificação.',
        cites: 'contatos-e-vacinas',
      },
      {
        topic: 'vacinas',
        weight: 77,
        ask: 'As vacinas de gripe, covid-19 e pneumonia estão em dia?',
        why: 'Estado vacinal muda risco e orientação.',
        cites: 'contatos-e-vacinas',
      },
      {
        topic: 'perda_peso',
        weight: 76,
        ask: 'Teve emagrecimento ou suor noturno?',
        why: 'Com tosse por três semanas ou mais, exigem pesquisa de tuberculose.',
        cites: 'anamnese',
        audience: { minYears: 13 },
      },
      {
        topic: 'habitos',
        weight: 75,
        ask: 'Fuma, convive com fumante ou usa cigarro eletrônico?',
        why: 'Tabagismo é causa de tosse prolongada e aumenta complicações.',
        cites: 'anamnese',
      },
      {
        topic: 'antecedentes',
        weight: 76,
        ask: 'Tem asma, bronquite, doença do coração, diabetes ou imunidade baixa?',
        why: 'Grupos de risco recebem antiviral e seguimento próximo.',
        cites: 'grupos-de-risco',
      },
      {
        topic: 'alergias',
        weight: 70,
        ask: 'Tem alergia a penicilina ou a outro remédio?',
        why: 'Necessário antes de antibiótico.',
        cites: 'conduta',
      },
      {
        topic: 'medicacoes',
        weight: 68,
        ask: 'Que remédios está usando, incluindo para pressão, e o que já tomou?',
        why: 'Inibidor da ECA causa tosse; automedicação muda a conduta.',
        cites: 'anamnese',
      },
      {
        topic: 'carater',
        weight: 66,
        ask: 'A tosse é seca ou com catarro? De que cor?',
        why: 'O tipo de tosse orienta a causa.',
        cites: 'anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 66,
        ask: 'Há coriza, dor de garganta, dor no corpo, chiado ou perda do olfato?',
        why: 'O conjunto diferencia resfriado, gripe e outras causas.',
        cites: 'anamnese',
      },
      {
        topic: 'fatores_piora',
        weight: 56,
        ask: 'Piora à noite, ao deitar, com frio ou com esforço?',
        why: 'Sugere asma, refluxo ou gotejamento nasal.',
        cites: 'anamnese',
      },
      {
        topic: 'hidratacao',
        weight: 60,
        ask: 'Está aceitando líquidos e se alimentando?',
        why: 'Recusa de líquidos é sinal de gravidade em crianças e idosos.',
        cites: 'sinais-de-alarme',
        audience: { maxYears: 5 },
      },
    ],
  },
  {
    id: 'dispneia',
    label: 'Falta de ar',
    guideline: 'dispneia',
    terms: phrases(`
      falta de ar
      falta ~ ar
      dificuldade|cansaco|canso|cansado|cansada ~ respirar|subir|andar|esforco|escada
      sem folego
      falta ~ folego
      folego curto
      sufocad*|sufocando|sufoco
      dispneia
      respirar ~ dificil|pesado|mal
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 96,
        redFlag: true,
        ask: 'A falta de ar aparece em repouso, veio de repente ou com dor no peito, desmaio ou inchaço de uma perna?',
        why: 'Sugerem embolia, infarto ou insuficiência respiratória.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'fatores_piora',
        weight: 80,
        ask: 'Aparece com que esforço? Piora ao deitar ou acorda sufocado à noite?',
        why: 'Ortopneia e dispneia noturna sugerem insuficiência cardíaca.',
        cites: 'caracterizacao',
      },
      {
        topic: 'habitos',
        weight: 80,
        ask: 'Fuma ou já fumou? Trabalha com poeira, fumaça ou fogão a lenha?',
        why: 'Exposição define o risco de doença pulmonar obstrutiva.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'antecedentes',
        weight: 78,
        ask: 'Tem asma, doença do coração, trombose, anemia ou cirurgia recente?',
        why: 'Antecedentes apontam a causa mais provável.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'sintomas_associados',
        weight: 77,
        ask: 'Há tosse, chiado, inchaço nas pernas, palpitação ou febre?',
        why: 'O conjunto separa causa pulmonar de cardíaca.',
        cites: 'caracterizacao',
      },
      {
        topic: 'historia_familiar',
        weight: 62,
        ask: 'Alguém na família tem asma, trombose ou doença do coração?',
        why: 'Orienta o risco de trombose e doença pulmonar.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'medicacoes',
        weight: 70,
        ask: 'Usa betabloqueador, anticoncepcional ou bombinha?',
        why: 'Podem causar, agravar ou indicar a causa.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'contatos',
        weight: 60,
        ask: 'Teve contato com pessoas gripadas, com tuberculose, mofo ou aves?',
        why: 'Exposições explicam causas infecciosas e alérgicas.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'alergias',
        weight: 60,
        ask: 'Tem alergia? Houve picada, alimento ou remédio novo?',
        why: 'Anafilaxia pode começar com falta de ar.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'sono',
        weight: 56,
        ask: 'Acorda à noite com falta de ar? Usa quantos travesseiros?',
        why: 'Sugere congestão cardíaca ou asma não controlada.',
        cites: 'caracterizacao',
      },
    ],
  },
  {
    id: 'asma',
    label: 'Asma e chiado',
    guideline: 'asma',
    terms: phrases(`
      asma|asmatic*
      bombinha
      chiado|chiando|chia|chiadeira
      bronquite
      peito ~ chia*
      crise ~ falta|asma|bronquite
    `),
    alarm: phrases(`
      intubad*|uti
      internad*|internacao ~ asma
      bombinha ~ nao
      falta de ar
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'Já foi internado ou intubado por asma, ou a bombinha de alívio não está resolvendo?',
        why: 'São fatores de risco para crise fatal.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'adesao',
        weight: 85,
        ask: 'Usa a bombinha de controle todos os dias? Pode mostrar como usa?',
        why: 'Uso irregular e técnica errada explicam a maioria dos casos sem controle.',
        cites: 'adesao-e-tecnica',
      },
      {
        topic: 'fatores_piora',
        weight: 83,
        ask: 'O que desencadeia: poeira, mofo, animais, fumaça, exercício, frio ou gripe?',
        why: 'Evitar gatilhos reduz crises.',
        cites: 'gatilhos',
      },
      {
        topic: 'frequencia',
        weight: 76,
        ask: 'Nas últimas quatro semanas, quantos dias por semana teve sintomas ou usou a bombinha de alívio?',
        why: 'Mais de duas vezes por semana indica falta de controle.',
        cites: 'controle',
      },
      {
        topic: 'sono',
        weight: 78,
        ask: 'Acorda à noite por causa da tosse ou do chiado?',
        why: 'Despertar noturno indica asma não controlada.',
        cites: 'controle',
      },
      {
        topic: 'habitos',
        weight: 74,
        ask: 'Alguém fuma em casa, ou usa cigarro eletrônico?',
        why: 'Fumaça piora o controle e a resposta ao remédio.',
        cites: 'gatilhos',
      },
      {
        topic: 'vacinas',
        weight: 70,
        ask: 'A vacina da gripe está em dia?',
        why: 'Infecções virais são o principal gatilho de crise.',
        cites: 'conduta',
      },
      {
        topic: 'alergias',
        weight: 72,
        ask: 'Tem rinite, alergias ou reação a aspirina e anti-inflamatórios?',
        why: 'Anti-inflamatórios podem desencadear crise grave.',
        cites: 'gatilhos',
      },
      {
        topic: 'historia_familiar',
        weight: 66,
        ask: 'Alguém na família tem asma, rinite ou dermatite?',
        why: 'História de atopia apoia o diagnóstico.',
        cites: 'antecedentes',
      },
      {
        topic: 'efeitos_adversos',
        weight: 60,
        ask: 'A bombinha causa rouquidão, sapinho na boca ou tremor?',
        why: 'Efeitos atrapalham a adesão e têm solução.',
        cites: 'adesao-e-tecnica',
      },
      {
        topic: 'medicacoes',
        weight: 68,
        ask: 'Quais bombinhas e remédios usa, e quantos jatos por dia?',
        why: 'Uso isolado de alívio aumenta o risco de crise grave.',
        cites: 'conduta',
      },
      {
        topic: 'contatos',
        weight: 56,
        ask: 'Há mofo, poeira, animais ou fumaça em casa ou no trabalho?',
        why: 'O ambiente mantém os sintomas.',
        cites: 'gatilhos',
      },
    ],
  },
  {
    id: 'dor-garganta',
    label: 'Dor de garganta',
    guideline: 'dor-garganta-ouvido',
    terms: phrases(`
      dor ~ garganta
      garganta ~~ doi|doendo|doer|inflamad*|arranha*|irritad*|raspando|queimando|fechando
      doi ~ engolir
      amigdal*
      rouc*
    `),
    alarm: phrases(`
      engolir ~ saliva
      abrir ~ boca
      falta de ar
      incha* ~ pescoco
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 92,
        redFlag: true,
        ask: 'Consegue engolir a saliva e abrir bem a boca? Há falta de ar ou inchaço no pescoço?',
        why: 'Sugerem abscesso ou obstrução da via aérea.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'febre',
        weight: 78,
        ask: 'Teve febre? De quanto e desde quando?',
        why: 'Febre com exsudato e sem tosse sugere estreptococo.',
        cites: 'anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 76,
        ask: 'Há tosse, coriza, rouquidão, manchas na pele ou caroços no pescoço?',
        why: 'Tosse e coriza apontam vírus; gânglios dolorosos, bactéria.',
        cites: 'anamnese',
      },
      {
        topic: 'alergias',
        weight: 80,
        ask: 'Tem alergia a penicilina ou amoxicilina? Como foi a reação?',
        why: 'É o tratamento de escolha quando bacteriana.',
        cites: 'antecedentes',
      },
      {
        topic: 'contatos',
        weight: 74,
        ask: 'Alguém próximo está com dor de garganta, escarlatina ou gripe?',
        why: 'O contato aumenta a probabilidade de causa infecciosa específica.',
        cites: 'antecedentes',
      },
      {
        topic: 'antecedentes',
        weight: 70,
        ask: 'Tem amigdalites repetidas ou já teve febre reumática?',
        why: 'Muda a indicação e a duração do antibiótico.',
        cites: 'antecedentes',
      },
      {
        topic: 'medicacoes',
        weight: 64,
        ask: 'Já tomou algum remédio ou antibiótico?',
        why: 'Uso prévio muda a escolha.',
        cites: 'conduta',
      },
      {
        topic: 'hidratacao',
        weight: 60,
        ask: 'Está conseguindo beber líquidos?',
        why: 'Dor ao engolir pode levar à desidratação.',
        cites: 'conduta',
      },
      {
        topic: 'vacinas',
        weight: 52,
        ask: 'As vacinas estão em dia?',
        why: 'Difteria e gripe entram no diferencial conforme a vacina.',
        cites: 'antecedentes',
      },
      {
        topic: 'habitos',
        weight: 54,
        ask: 'Fuma ou tem refluxo?',
        why: 'Causas de dor prolongada sem infecção.',
        cites: 'antecedentes',
      },
    ],
  },
  {
    id: 'dor-ouvido',
    label: 'Dor de ouvido',
    guideline: 'dor-garganta-ouvido',
    terms: phrases(`
      dor ~ ouvido|ouvidos|orelha
      ouvido|ouvidos ~~ doi|doendo|doer|entupido|tampado|vazando|purgando|coca*|inflamad*
      otite
      zumbido
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 90,
        redFlag: true,
        ask: 'Há inchaço atrás da orelha, secreção com sangue, tontura forte ou boca torta?',
        why: 'Sugerem mastoidite ou outra complicação da otite.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'febre',
        weight: 76,
        ask: 'Teve febre? De quanto?',
        why: 'Febre alta pesa a favor de antibiótico.',
        cites: 'febre-crianca#ouvido-e-garganta',
      },
      {
        topic: 'alergias',
        weight: 80,
        ask: 'Tem alergia a amoxicilina ou a outro remédio?',
        why: 'A amoxicilina é a primeira escolha na otite média.',
        cites: 'antecedentes',
      },
      {
        topic: 'antecedentes',
        weight: 74,
        ask: 'Já teve otites antes, perfuração ou cirurgia no ouvido?',
        why: 'Recorrência e perfuração mudam o tratamento.',
        cites: 'antecedentes',
      },
      {
        topic: 'sintomas_associados',
        weight: 70,
        ask: 'Saiu secreção do ouvido, diminuiu a audição, ou há coriza e tosse?',
        why: 'Secreção e perda auditiva diferenciam os tipos de otite.',
        cites: 'anamnese',
      },
      {
        topic: 'trauma',
        weight: 64,
        ask: 'Usou cotonete, nadou ou levou pancada no ouvido?',
        why: 'Sugerem otite externa ou perfuração.',
        cites: 'antecedentes',
      },
      {
        topic: 'contatos',
        weight: 56,
        ask: 'Frequenta creche, ou convive com fumante ou pessoas doentes?',
        why: 'Aumentam o risco de otite.',
        cites: 'antecedentes',
        audience: { maxYears: 12 },
      },
      {
        topic: 'medicacoes',
        weight: 64,
        ask: 'Já usou algum remédio ou pingou algo no ouvido?',
        why: 'Gotas podem ser contraindicadas com perfuração.',
        cites: 'conduta',
      },
    ],
  },
  {
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
      },
      {
        topic: 'historia_familiar',
        weight: 56,
        ask: 'Alguém na família tem rinite, asma ou alergias?',
        why: 'Atopia familiar apoia a causa alérgica.',
        cites: 'asma#antecedentes',
      },
    ],
  },
];
