import { phrases } from '../../services/text/phrase.ts';
import type { Complaint } from '../complaint.ts';

export const hipertensao: Complaint = {
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
};
