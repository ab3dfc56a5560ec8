import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const musculoskeletalAndSkin: Complaint[] = [
  {
    id: 'lombalgia',
    label: 'Dor lombar',
    guideline: 'lombalgia',
    terms: phrases(`
      dor|dores|pontada|fisgada ~ costas|lombar|coluna|cadeiras|espinha
      costas|coluna|lombar ~~ doi|doendo|doer|travou|travad*|dolorid*
      doi ~ costas|coluna|lombar
      travei|travou ~ costas|coluna
      lombalgia|ciatic*|hernia de disco
    `),
    alarm: phrases(`
      perna ~ fraca|forca|dormente
      forca ~ perna|pernas
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 96,
        redFlag: true,
        ask: 'Perdeu força nas pernas, o controle da urina ou das fezes, ou sente dormência entre as pernas?',
        why: 'Sugerem síndrome da cauda equina, que exige remoção imediata.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'irradiacao',
        weight: 84,
        ask: 'A dor desce para a perna, abaixo do joelho, com formigamento?',
        why: 'Sugere compressão de raiz nervosa.',
        cites: 'caracterizacao',
      },
      {
        topic: 'trauma',
        weight: 82,
        ask: 'Houve queda, acidente ou esforço com peso?',
        why: 'Trauma ou queda em idoso pode significar fratura.',
        cites: 'trauma-e-trabalho',
      },
      {
        topic: 'febre',
        weight: 81,
        ask: 'Teve febre?',
        why: 'Febre com dor nas costas sugere infecção ou pielonefrite.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'perda_peso',
        weight: 80,
        ask: 'Perdeu peso sem explicação ou já teve câncer?',
        why: 'São sinais de alarme para tumor.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'antecedentes',
        weight: 70,
        ask: 'Já teve isso antes, osteoporose, cálculo renal ou usa corticoide?',
        why: 'Mudam o risco de fratura e o diagnóstico.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'habitos',
        weight: 66,
        ask: 'Como é o trabalho: peso, postura, muito tempo sentado? Faz atividade física?',
        why: 'Ocupação e sedentarismo orientam o tratamento.',
        cites: 'trauma-e-trabalho',
      },
      {
        topic: 'fatores_piora',
        weight: 66,
        ask: 'Piora com movimento ou em repouso e à noite?',
        why: 'Dor que não alivia em repouso é sinal de alarme.',
        cites: 'caracterizacao',
      },
      {
        topic: 'fatores_melhora',
        weight: 58,
        ask: 'O que alivia: repouso, calor, movimento ou remédio?',
        why: 'Melhora com movimento sugere causa inflamatória.',
        cites: 'caracterizacao',
      },
      {
        topic: 'sono',
        weight: 60,
        ask: 'A dor acorda à noite ou atrapalha o sono e o humor?',
        why: 'Dor noturna e fatores psicossociais mudam o prognóstico.',
        cites: 'fatores-psicossociais',
      },
      {
        topic: 'alergias',
        weight: 62,
        ask: 'Tem alergia, gastrite ou problema nos rins que impeça anti-inflamatório?',
        why: 'Necessário antes de prescrever.',
        cites: 'conduta',
      },
      {
        topic: 'medicacoes',
        weight: 62,
        ask: 'Que remédios usa ou já tomou para a dor?',
        why: 'Evita duplicar e orienta a escolha.',
        cites: 'conduta',
      },
      {
        topic: 'diurese',
        weight: 58,
        ask: 'Tem ardência ou sangue ao urinar?',
        why: 'Cálculo e infecção urinária causam dor lombar.',
        cites: 'exame',
      },
      {
        topic: 'intensidade',
        weight: 56,
        ask: 'De zero a dez, quanto dói, e o que deixou de fazer?',
        why: 'Mede o impacto e a resposta ao tratamento.',
        cites: 'fatores-psicossociais',
      },
    ],
  },
  {
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
  },
  {
    id: 'pele',
    label: 'Manchas, coceira e lesões de pele',
    guideline: 'pele',
    terms: phrases(`
      mancha|manchas|manchinhas
      coceira|coca|cocam|cocar|cocando|cocou
      placa|placas ~ vermelh*|pele|corpo|coca|cocam|cocar|braco|bracos|barriga|perna|pernas|costas
      alergia ~ pele
      ferida|feridas|bolha|bolhas|bolinha|bolinhas|caroco|verruga|pinta|espinhas|micose|brotoeja|urticaria|empolad*|vergoes
      pele ~ vermelha|descama*|irritad*|ressecad*|coca*
      lesao|lesoes ~ pele
    `),
    alarm: phrases(`
      incha* ~ labio*|boca|olho*|rosto|lingua
      falta de ar
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'Há inchaço nos lábios, falta de ar, bolhas, feridas na boca ou manchas roxas?',
        why: 'Sugerem anafilaxia, reação grave a remédio ou infecção invasiva.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'febre',
        weight: 82,
        redFlag: true,
        ask: 'Teve febre?',
        why: 'Febre com manchas pode ser dengue, sarampo ou meningococcemia.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'medicacoes',
        weight: 80,
        ask: 'Começou remédio, creme, sabão ou cosmético novo nas últimas semanas?',
        why: 'Reação a medicamento ou contato é causa frequente.',
        cites: 'exposicao',
      },
      {
        topic: 'alergias',
        weight: 80,
        ask: 'Tem alguma alergia conhecida?',
        why: 'Orienta causa e tratamento.',
        cites: 'exposicao',
      },
      {
        topic: 'contatos',
        weight: 79,
        ask: 'Alguém em casa tem lesões ou coceira? Houve picada, planta, animal ou viagem?',
        why: 'Sugere escabiose, infecção ou contato.',
        cites: 'exposicao',
      },
      {
        topic: 'antecedentes',
        weight: 68,
        ask: 'Tem asma, rinite, dermatite, psoríase ou já teve isso antes?',
        why: 'Atopia e recorrência orientam.',
        cites: 'exposicao',
      },
      {
        topic: 'historia_familiar',
        weight: 58,
        ask: 'Alguém na família tem alergia, psoríase ou câncer de pele?',
        why: 'Aumenta a probabilidade dessas doenças.',
        cites: 'anamnese',
      },
      {
        topic: 'vacinas',
        weight: 60,
        ask: 'As vacinas de sarampo e catapora estão em dia?',
        why: 'Doenças exantemáticas dependem do estado vacinal.',
        cites: 'exposicao',
      },
      {
        topic: 'fatores_piora',
        weight: 62,
        ask: 'Piora à noite, com calor, sol, roupa ou alimento?',
        why: 'Coceira noturna sugere escabiose; sol, fotossensibilidade.',
        cites: 'anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 66,
        ask: 'Além da lesão, sente dor, ardor ou dormência no local?',
        why: 'Perda de sensibilidade é suspeita de hanseníase.',
        cites: 'anamnese',
      },
      {
        topic: 'localizacao',
        weight: 58,
        ask: 'Onde começou e para onde se espalhou?',
        why: 'A distribuição orienta o diagnóstico.',
        cites: 'anamnese',
      },
      {
        topic: 'carater',
        weight: 54,
        ask: 'Qual a cor, a forma e a textura das lesões?',
        why: 'Descreve a lesão elementar.',
        cites: 'anamnese',
      },
    ],
  },
  {
    id: 'olho-vermelho',
    label: 'Olho vermelho',
    guideline: 'anamnese-geral',
    terms: phrases(`
      olho|olhos ~ vermelh*|irritad*|coca*|remela|secrecao|inchad*|ard*|lacrimej*|doi|doendo
      conjuntivite
      vista ~ embaca*|turva|doendo
      tercol
    `),
    alarm: phrases(`
      vista|visao ~
      luz
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'A visão diminuiu, há dor forte, muita sensibilidade à luz ou usa lente de contato?',
        why: 'Sugerem ceratite, uveíte ou glaucoma agudo.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'trauma',
        weight: 84,
        redFlag: true,
        ask: 'Entrou algo no olho, ou teve pancada ou produto químico?',
        why: 'Corpo estranho e queimadura química são urgências.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'contatos',
        weight: 80,
        ask: 'Alguém próximo está com conjuntivite?',
        why: 'Sugere causa infecciosa e orienta o afastamento.',
        cites: 'queixa-atual',
      },
      {
        topic: 'alergias',
        weight: 72,
        ask: 'Tem alergias respiratórias ou a colírios e remédios?',
        why: 'Conjuntivite alérgica é frequente.',
        cites: 'medicacoes-e-alergias',
      },
      {
        topic: 'carater',
        weight: 66,
        ask: 'A secreção é aquosa ou amarelada e gruda os olhos?',
        why: 'Diferencia viral de bacteriana.',
        cites: 'queixa-atual',
      },
      {
        topic: 'medicacoes',
        weight: 66,
        ask: 'Já usou algum colírio?',
        why: 'Colírio com corticoide pode agravar.',
        cites: 'medicacoes-e-alergias',
      },
      {
        topic: 'antecedentes',
        weight: 62,
        ask: 'Tem glaucoma, diabetes, doença reumática ou cirurgia no olho?',
        why: 'Mudam a urgência e o diagnóstico.',
        cites: 'antecedentes',
      },
    ],
  },
];
