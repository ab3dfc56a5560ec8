import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const cardiovascular: Complaint[] = [
  {
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
  },
  {
    id: 'palpitacoes',
    label: 'Palpitações',
    guideline: 'palpitacoes',
    audience: { minYears: 10 },
    terms: phrases(`
      palpita*
      coracao ~ acelera*|dispara*|falhando|falha|batendo|pulando|descompassad*|rapido|forte
      batedeira
      arritmia
      taquicardia
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 95,
        redFlag: true,
        ask: 'Já desmaiou, teve dor no peito ou falta de ar junto com a palpitação, ou durante esforço?',
        why: 'Síncope, dor ou esforço junto da palpitação exigem avaliação urgente.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'historia_familiar',
        weight: 86,
        redFlag: true,
        ask: 'Alguém na família teve morte súbita antes dos 50 anos, arritmia ou marcapasso?',
        why: 'Morte súbita na família sugere doença elétrica ou estrutural hereditária.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'habitos',
        weight: 82,
        ask: 'Quanto toma de café, energético ou álcool? Usa cigarro, estimulantes ou anabolizantes?',
        why: 'Estimulantes e álcool são causas frequentes e reversíveis.',
        cites: 'antecedentes-e-habitos',
      },
      {
        topic: 'antecedentes',
        weight: 78,
        ask: 'Tem problema de coração, de tireoide, anemia ou doença de Chagas?',
        why: 'Cardiopatia, tireoide e anemia explicam boa parte das palpitações.',
        cites: 'antecedentes-e-habitos',
      },
      {
        topic: 'medicacoes',
        weight: 74,
        ask: 'Usa bombinha, descongestionante, hormônio, antidepressivo ou remédio para emagrecer?',
        why: 'Vários remédios aceleram o coração.',
        cites: 'antecedentes-e-habitos',
      },
      {
        topic: 'perda_peso',
        weight: 68,
        ask: 'Perdeu peso, tem tremor ou intolerância ao calor?',
        why: 'Sugerem hipertireoidismo.',
        cites: 'anamnese',
      },
      {
        topic: 'duracao',
        weight: 66,
        ask: 'Quanto tempo dura cada episódio, e começa e termina de repente?',
        why: 'Início e fim súbitos sugerem taquicardia por reentrada.',
        cites: 'anamnese',
      },
      {
        topic: 'fatores_piora',
        weight: 64,
        ask: 'O que costuma desencadear: esforço, emoção, café, álcool ou repouso?',
        why: 'O gatilho orienta a causa.',
        cites: 'anamnese',
      },
      {
        topic: 'sintomas_associados',
        weight: 70,
        ask: 'Vem com tontura, suor, tremor ou formigamento?',
        why: 'Diferencia arritmia, tireoide e pânico.',
        cites: 'anamnese',
      },
      {
        topic: 'frequencia',
        weight: 50,
        ask: 'Com que frequência os episódios aparecem?',
        why: 'Define o tempo de registro do Holter.',
        cites: 'conduta',
      },
    ],
  },
  {
    id: 'hipertensao',
    label: 'Hipertensão arterial',
    guideline: 'hipertensao',
    audience: { minYears: 16 },
    terms: phrases(`
      pressao ~ alta|alterada|subiu|subindo|descontrolad*|alterou|elevada|aument*|alteracao
      pressao ~ # por #
      como ~ esta|ta|anda|vai a|sua pressao
      # por # ~ dezesseis|dezoito|quinze|catorze|quatorze
      losartan*|enalapril|captopril|anlodipin*|hidroclorotiazid*|atenolol|valsartan*
      hipertens*
      remedio|remedios|controle|acompanha*|retorno|consulta ~ pressao
    `),
    ownTopics: ['medidas_em_casa'],
    alarm: phrases(`
      dor|aperto ~ peito
      falta de ar
      dor de cabeca
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 92,
        redFlag: true,
        ask: 'Teve dor no peito, falta de ar, alteração da visão, fraqueza de um lado ou desmaio?',
        why: 'Com pressão muito alta, esses sintomas indicam emergência hipertensiva.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'adesao',
        weight: 90,
        ask: 'Na última semana, quantas vezes esqueceu ou deixou de tomar o remédio da pressão?',
        why: 'A má adesão é a causa mais comum de pressão não controlada; checar antes de aumentar a dose.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'medidas_em_casa',
        weight: 88,
        ask: 'Mede a pressão em casa? Quais foram os últimos valores e em que horários?',
        why: 'A medida residencial confirma o controle e identifica o efeito do avental branco.',
        cites: 'medida-e-diagnostico',
      },
      {
        topic: 'efeitos_adversos',
        weight: 84,
        ask: 'Algum remédio causa tosse, inchaço nas pernas, tontura ou outro incômodo?',
        why: 'Efeitos adversos levam ao abandono e têm alternativa.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'habitos',
        weight: 80,
        ask: 'Como estão o sal na comida, o álcool, o cigarro e a atividade física?',
        why: 'Mudanças de hábito reduzem a pressão tanto quanto um remédio.',
        cites: 'habitos',
      },
      {
        topic: 'historia_familiar',
        weight: 72,
        ask: 'Alguém na família teve infarto, derrame ou pressão alta cedo?',
        why: 'História familiar precoce eleva o risco cardiovascular.',
        cites: 'risco-e-orgaos-alvo',
      },
      {
        topic: 'rastreios',
        weight: 74,
        ask: 'Quando fez os últimos exames de rim, potássio, glicemia, colesterol e eletrocardiograma?',
        why: 'Lesão de órgão-alvo é procurada ao diagnóstico e depois periodicamente.',
        cites: 'risco-e-orgaos-alvo',
      },
      {
        topic: 'sono',
        weight: 62,
        ask: 'Ronca alto, faz pausas na respiração ou tem sono durante o dia?',
        why: 'Apneia do sono é causa frequente de hipertensão resistente.',
        cites: 'habitos',
      },
      {
        topic: 'medicacoes',
        weight: 76,
        ask: 'Quais remédios toma, incluindo anti-inflamatório, descongestionante ou anticoncepcional?',
        why: 'Vários remédios comuns elevam a pressão.',
        cites: 'adesao-e-efeitos',
      },
      {
        topic: 'antecedentes',
        weight: 70,
        ask: 'Tem diabetes, problema nos rins, no coração ou já teve derrame?',
        why: 'Comorbidades mudam a meta e a escolha do remédio.',
        cites: 'risco-e-orgaos-alvo',
      },
      {
        topic: 'sintomas_associados',
        weight: 56,
        ask: 'Sente dor de cabeça, tontura, inchaço nas pernas ou cansaço aos esforços?',
        why: 'Podem indicar lesão de órgão-alvo.',
        cites: 'risco-e-orgaos-alvo',
      },
      {
        topic: 'alergias',
        weight: 50,
        ask: 'Tem alergia ou já passou mal com algum remédio?',
        why: 'Necessário antes de mudar a prescrição.',
        cites: 'cuidado-cronico#adesao-e-efeitos',
      },
    ],
  },
  {
    id: 'edema',
    label: 'Inchaço nas pernas',
    guideline: 'dispneia',
    terms: phrases(`
      perna|pernas|pe|pes|tornozelo|tornozelos|panturrilha|batata ~ incha*
      incha* ~ perna|pernas|pe|pes|tornozelo|tornozelos|panturrilha
      edema
      retencao de liquido
    `),
    alarm: phrases(`
      perna|lado so
      falta de ar
    `),
    questions: [
      {
        topic: 'sinais_alarme',
        weight: 94,
        redFlag: true,
        ask: 'O inchaço é de uma perna só, com dor ou vermelhidão, ou veio com falta de ar?',
        why: 'Edema doloroso de um lado ou com dispneia sugere trombose ou embolia.',
        cites: 'sinais-de-alarme',
      },
      {
        topic: 'antecedentes',
        weight: 80,
        ask: 'Tem doença do coração, dos rins, do fígado ou já teve trombose?',
        why: 'São as causas principais de edema.',
        cites: 'antecedentes-e-exposicao',
      },
      {
        topic: 'medicacoes',
        weight: 78,
        ask: 'Usa anlodipino, anti-inflamatório, corticoide ou hormônio?',
        why: 'Remédios são causa frequente e reversível de edema.',
        cites: 'hipertensao#adesao-e-efeitos',
      },
      {
        topic: 'diurese',
        weight: 72,
        ask: 'A urina diminuiu ou ficou espumosa?',
        why: 'Sugere causa renal.',
        cites: 'hipertensao#sinais-de-alarme',
      },
      {
        topic: 'fatores_piora',
        weight: 60,
        ask: 'Piora no fim do dia ou muito tempo em pé, e melhora ao elevar as pernas?',
        why: 'Sugere insuficiência venosa.',
        cites: 'caracterizacao',
      },
      {
        topic: 'peso',
        weight: 58,
        ask: 'Ganhou peso nos últimos dias? Quanto está pesando?',
        why: 'Ganho rápido de peso sugere congestão.',
        cites: 'caracterizacao',
      },
      {
        topic: 'gestacao',
        weight: 64,
        ask: 'Há possibilidade de gravidez?',
        why: 'Inchaço com pressão alta na gestação sugere pré-eclâmpsia.',
        cites: 'pre-natal#sinais-de-alarme',
        audience: { sex: 'F', minYears: 11, maxYears: 55 },
      },
      {
        topic: 'sintomas_associados',
        weight: 66,
        ask: 'Sente falta de ar ao deitar, cansaço ou barriga inchada?',
        why: 'Ortopneia e fadiga sugerem insuficiência cardíaca.',
        cites: 'caracterizacao',
      },
    ],
  },
];
