import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const neurological: Complaint[] = [
  {
    id: 'cefaleia',
    label: 'Cefaleia',
    guideline: 'cefaleia',
    terms: phrases(`
      dor|dores ~ cabeca
      cabeca ~~ doi|doendo|doer|explod*|latej*|estour*|pesada
      doi ~ cabeca
      enxaqueca|cefaleia
      nuca ~~ doi|doendo|doer|dor
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 96,
        redFlag: true,
        ask: 'Teve febre, rigidez na nuca, fraqueza, visão dupla, convulsão ou a pior dor da vida, de início súbito?',
        why: 'São sinais de alarme que indicam causa secundária e mudam a urgência.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'historia_familiar',
        weight: 80,
        ask: 'Alguém na família tem enxaqueca ou teve aneurisma?',
        why: 'História familiar apoia o diagnóstico de enxaqueca; aneurisma muda a investigação.',
        cites: 'antecedentes-e-familia',
      },
      {
        topic: 'fatores_piora',
        weight: 79,
        ask: 'O que costuma desencadear ou piorar a dor: jejum, estresse, menstruação, álcool, cheiros ou esforço?',
        why: 'Identificar gatilhos orienta a prevenção.',
        cites: 'desencadeantes-e-sono',
      },
      {
        topic: 'sono',
        weight: 77,
        ask: 'Como está o sono: quantas horas, ronco, acorda cansado?',
        why: 'Sono insuficiente ou irregular é gatilho comum e tratável.',
        cites: 'desencadeantes-e-sono',
      },
      {
        topic: 'sintomas_associados',
        weight: 76,
        ask: 'Junto com a dor há náusea, vômito ou incômodo com luz ou barulho?',
        why: 'Diferenciam enxaqueca de cefaleia tensional.',
        cites: 'caracterizacao',
      },
      {
        topic: 'trauma',
        weight: 70,
        ask: 'Bateu a cabeça ou caiu nas últimas semanas?',
        why: 'Dor após trauma exige exclusão de sangramento.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 75,
        ask: 'Quais remédios toma para a dor e em quantos dias por mês?',
        why: 'Analgésico em muitos dias por mês causa cefaleia por uso excessivo.',
        cites: 'medicacoes-e-uso-excessivo',
      },
      {
        topic: 'antecedentes',
        weight: 66,
        ask: 'Tem pressão alta, asma, glaucoma, sinusite ou depressão?',
        why: 'Comorbidades mudam a escolha do tratamento.',
        cites: 'antecedentes-e-familia',
      },
      {
        topic: 'alergias',
        weight: 60,
        ask: 'Tem alergia a algum analgésico ou anti-inflamatório?',
        why: 'Necessário antes de prescrever.',
        cites: 'medicacoes-e-uso-excessivo',
      },
      {
        topic: 'gestacao',
        weight: 62,
        ask: 'Usa anticoncepcional ou há possibilidade de gravidez?',
        why: 'Enxaqueca com aura contraindica estrogênio; gestação muda o tratamento e o alarme.',
        cites: 'aura-e-associados',
        audience: { sex: 'F', minYears: 11, maxYears: 55 },
      },
      {
        topic: 'intensidade',
        weight: 60,
        ask: 'De zero a dez, qual a intensidade, e a dor atrapalha o trabalho ou os estudos?',
        why: 'O impacto decide a indicação de preventivo.',
        cites: 'caracterizacao',
      },
      {
        topic: 'carater',
        weight: 60,
        ask: 'A dor é pulsátil, em aperto ou em pontada?',
        why: 'O caráter ajuda a classificar a cefaleia.',
        cites: 'caracterizacao',
      },
      {
        topic: 'localizacao',
        weight: 56,
        ask: 'A dor é de um lado só ou dos dois?',
        why: 'A localização ajuda a classificar a cefaleia.',
        cites: 'caracterizacao',
      },
      {
        topic: 'duracao',
        weight: 58,
        ask: 'Quanto tempo dura uma crise sem remédio?',
        why: 'De 4 a 72 horas sugere enxaqueca.',
        cites: 'caracterizacao',
      },
      {
        topic: 'frequencia',
        weight: 60,
        ask: 'Quantos dias por mês tem dor?',
        why: 'A frequência decide a prevenção.',
        cites: 'caracterizacao',
      },
    ],
  },
  {
    id: 'tontura',
    label: 'Tontura',
    guideline: 'tontura',
    terms: phrases(`
      tontura|tonturas|tonteira|tonto|tonta|vertigem|labirintite
      tudo ~ rodando|gira|girando|roda
      cabeca ~ rodando|gira|girando|leve|oca
      desequilibr*
      desmai*
      zonz*
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 95,
        redFlag: true,
        ask: 'Houve visão dupla, fala enrolada, fraqueza, dificuldade para andar, desmaio ou dor de cabeça forte?',
        why: 'Sugerem causa central ou cardíaca e exigem avaliação imediata.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 84,
        ask: 'Quais remédios usa, e algum foi iniciado ou aumentado há pouco tempo?',
        why: 'Anti-hipertensivos, calmantes e antidepressivos são causas frequentes.',
        cites: 'medicacoes-e-antecedentes',
      },
      {
        topic: 'fatores_piora',
        weight: 82,
        ask: 'A tontura vem ao virar na cama, olhar para cima ou levantar rápido?',
        why: 'O gatilho separa vertigem posicional de hipotensão ortostática.',
        cites: 'caracterizacao',
      },
      {
        topic: 'duracao',
        weight: 78,
        ask: 'Cada episódio dura segundos, minutos, horas ou dias?',
        why: 'A duração é o melhor indício da causa.',
        cites: 'caracterizacao',
      },
      {
        topic: 'sintomas_associados',
        weight: 77,
        ask: 'Há zumbido, perda de audição, enjoo, palpitação ou dor de cabeça?',
        why: 'Zumbido e perda auditiva sugerem Ménière; palpitação, causa cardíaca.',
        cites: 'caracterizacao',
      },
      {
        topic: 'trauma',
        weight: 74,
        ask: 'Teve queda ou bateu a cabeça?',
        why: 'Trauma de crânio e quedas mudam a conduta e a prevenção.',
        cites: 'medicacoes-e-antecedentes',
      },
      {
        topic: 'carater',
        weight: 68,
        ask: 'A sensação é de tudo rodar, de que vai desmaiar ou de desequilíbrio?',
        why: 'Define o tipo de tontura.',
        cites: 'caracterizacao',
      },
      {
        topic: 'antecedentes',
        weight: 68,
        ask: 'Tem diabetes, pressão alta, enxaqueca, arritmia ou anemia?',
        why: 'São causas ou fatores que contribuem.',
        cites: 'medicacoes-e-antecedentes',
      },
      {
        topic: 'hidratacao',
        weight: 56,
        ask: 'Está bebendo água e se alimentando bem, sem vômito ou diarreia?',
        why: 'Desidratação e jejum causam tontura ao levantar.',
        cites: 'conduta',
      },
      {
        topic: 'gestacao',
        weight: 56,
        ask: 'Há possibilidade de gravidez?',
        why: 'Tontura é comum no início da gestação e muda os exames.',
        cites: 'pre-natal#anamnese',
        audience: { sex: 'F', minYears: 11, maxYears: 55 },
      },
      {
        topic: 'frequencia',
        weight: 50,
        ask: 'Com que frequência acontece?',
        why: 'O padrão no tempo ajuda o diagnóstico.',
        cites: 'caracterizacao',
      },
    ],
  },
  {
    id: 'memoria',
    label: 'Esquecimento',
    guideline: 'anamnese-geral',
    audience: { minYears: 40 },
    terms: phrases(`
      memoria
      esquec* ~ coisas|nomes|tudo|panela|caminho|onde|conta
      esquecimento
      demencia|alzheimer
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 90,
        redFlag: true,
        ask: 'Piorou de repente, com confusão, fraqueza, dificuldade para falar ou andar, ou após queda?',
        why: 'Início súbito sugere delirium, acidente vascular ou hematoma.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 82,
        ask: 'Usa calmante, remédio para dormir, antialérgico ou remédio para a bexiga?',
        why: 'Benzodiazepínicos e anticolinérgicos pioram a memória.',
        cites: 'medicacoes-e-alergias',
      },
      {
        topic: 'rede_apoio',
        weight: 80,
        ask: 'Com quem mora e quem ajuda com remédios, dinheiro e compras?',
        why: 'Define a segurança e o impacto na autonomia.',
        cites: 'habitos-e-contexto',
      },
      {
        topic: 'sono',
        weight: 70,
        ask: 'Como estão o sono e o humor?',
        why: 'Depressão e sono ruim imitam demência e têm tratamento.',
        cites: 'depressao#anamnese',
      },
      {
        topic: 'historia_familiar',
        weight: 66,
        ask: 'Alguém na família teve demência?',
        why: 'Informa o risco e a orientação.',
        cites: 'antecedentes',
      },
      {
        topic: 'habitos',
        weight: 62,
        ask: 'Bebe álcool? Como são a alimentação e a atividade física?',
        why: 'Álcool e carência de vitamina B12 são causas tratáveis.',
        cites: 'habitos-e-contexto',
      },
      {
        topic: 'antecedentes',
        weight: 64,
        ask: 'Tem pressão alta, diabetes, derrame prévio ou problema de tireoide?',
        why: 'Fatores vasculares e metabólicos contribuem.',
        cites: 'antecedentes',
      },
      {
        topic: 'trauma',
        weight: 64,
        ask: 'Teve quedas ou bateu a cabeça recentemente?',
        why: 'Hematoma subdural pode começar com esquecimento.',
        cites: 'sinais-de-alarme',
      },
    ],
  },
];
