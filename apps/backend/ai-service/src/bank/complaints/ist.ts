import { phrases } from '../../services/text/phrase.ts';
import { type Complaint, fertile, grown } from '../complaint.ts';

export const ist: Complaint = {
  id: 'ist',
  label: 'Ferida ou corrimento genital, risco de infecção sexual',
  guideline: 'sifilis-e-ist',
  audience: grown,
  terms: phrases(`
    ferida|feridas|bolha|bolhas|verruga|verrugas|caroco|carocos|secrecao|pus|ardencia ~~ penis|pinto|vagina|vulva|anus|genital|genitais|intima|intimas|saco|virilha
    penis|pinto|partes intimas? ~ ferida|feridas|bolha|bolhas|verruga|verrugas|secrecao|pus|ard*|coca*
    corrimento|secrecao|pus ~ penis|uretra|uretral|canal
    sifilis|gonorreia|clamidia|hpv
    herpes ~ genital
    camisinha|preservativo ~ estourou|rompeu|furou
    relacao|relacoes|transei|sexo ~ sem ~ camisinha|preservativo|protecao
    doenca ~ sexual*|sexualmente|venerea
  `),
  alarm: phrases(`
    dor ~ testiculo|testiculos|saco
    febre
    vista|visao ~ embacada|turva|escura
  `),
  questions: [
    {
      topic: 'sinais_alarme',
      weight: 95,
      redFlag: true,
      ask: 'Tem febre, dor forte no baixo ventre ou no testículo, alteração da visão, ou houve relação sem consentimento?',
      why: 'Mudam a urgência: doença pélvica, torção, sífilis no sistema nervoso, profilaxia em até 72 horas.',
      cites: 'sinais-de-alarme',
    },
    {
      topic: 'contatos',
      weight: 88,
      ask: 'Quando foi a última relação, com preservativo ou não, e as parcerias têm sintomas?',
      why: 'Define janela de exame e de profilaxia, e quem mais se trata.',
      cites: 'anamnese',
    },
    {
      topic: 'alergias',
      weight: 86,
      ask: 'Tem alergia a penicilina ou a outro antibiótico?',
      why: 'A penicilina é o tratamento da sífilis.',
      cites: 'anamnese',
    },
    {
      topic: 'gestacao',
      weight: 84,
      ask: 'Há possibilidade de gravidez? Qual a data da última menstruação?',
      why: 'Na gestação só a penicilina trata o feto.',
      cites: 'tratamento',
      audience: fertile,
    },
    {
      topic: 'sintomas_associados',
      weight: 80,
      ask: 'Notou caroços na virilha, corrimento, ardência ao urinar, manchas na palma ou na planta, ou queda de cabelo?',
      why: 'Separam sífilis, herpes, gonorreia e sífilis secundária.',
      cites: 'anamnese',
    },
    {
      topic: 'rastreios',
      weight: 78,
      ask: 'Já fez exames de HIV, sífilis e hepatites? Quando e qual foi o resultado?',
      why: 'Muitas infecções não dão sintomas; os testes são oferecidos juntos.',
      cites: 'anamnese',
    },
    {
      topic: 'antecedentes',
      weight: 74,
      ask: 'Já teve alguma infecção dessas antes? Como foi tratada?',
      why: 'Cicatriz sorológica só se aceita com tratamento documentado.',
      cites: 'ulceras-e-sifilis',
    },
    {
      topic: 'carater',
      weight: 66,
      ask: 'Como é a ferida: dói, é única, começou como bolha?',
      why: 'Ferida única e pouco dolorosa sugere sífilis; vesículas dolorosas, herpes.',
      cites: 'ulceras-e-sifilis',
    },
    {
      topic: 'vacinas',
      weight: 60,
      ask: 'Tomou as vacinas de hepatite B e HPV?',
      why: 'São oferecidas no mesmo atendimento.',
      cites: 'parcerias-e-seguimento',
    },
    {
      topic: 'medicacoes',
      weight: 62,
      ask: 'Usou antibiótico, pomada ou outro remédio para isso?',
      why: 'Tratamento já feito muda exames e conduta.',
      cites: 'anamnese',
    },
  ],
};
