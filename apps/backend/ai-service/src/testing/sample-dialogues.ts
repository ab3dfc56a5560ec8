import type { AnamnesisTopic } from '@medcall/shared-types/anamnesis-topics';
import type { Utterance } from '../services/utterance.ts';
import { dialogue } from './dialogue.ts';

/** A short consultation of an invented person, with what the doctor asked and what he left out. */
export interface SampleDialogue {
  name: string;
  asked: AnamnesisTopic[];
  unasked: AnamnesisTopic[];
  utterances: Utterance[];
}

export const sampleDialogues: SampleDialogue[] = [
  {
    name: 'hipertensao',
    asked: ['medidas_em_casa', 'medicacoes', 'habitos'],
    unasked: ['adesao', 'efeitos_adversos', 'historia_familiar', 'sinais_alarme', 'rastreios'],
    utterances: dialogue(`
      M: Bom dia, seu Antônio, em que posso ajudar?
      P: Bom dia, doutora. É sobre a minha pressão, ela anda alta.
      M: O senhor tem medido em casa?
      P: Meço toda manhã, deu quinze por nove ontem.
      M: E o que o senhor está tomando?
      P: Losartana e hidroclorotiazida.
      M: Come muita comida salgada? Faz caminhada?
      P: Gosto de sal, e não faço exercício nenhum.
      M: Certo. Vou ajustar a dose e pedir alguns exames.
      P: Está bom, doutora.
    `),
  },
  {
    name: 'diabetes',
    asked: ['medidas_em_casa', 'adesao', 'habitos'],
    unasked: ['hipoglicemia', 'exame_pes', 'rastreios', 'efeitos_adversos'],
    utterances: dialogue(`
      M: Olá, dona Marta, como passou?
      P: Mais ou menos, meu diabetes não abaixa.
      M: Quanto está dando a glicemia no aparelho?
      P: De manhã dá uns cento e noventa.
      M: A senhora toma a metformina todo dia?
      P: Tomo, mas às vezes esqueço a da noite.
      M: E a alimentação, como vai?
      P: Como muito pão e tomo refrigerante.
      M: Vamos aumentar a dose e marcar retorno em três meses.
      P: Tudo bem.
    `),
  },
  {
    name: 'lombalgia',
    asked: ['inicio', 'trauma', 'fatores_piora', 'medicacoes'],
    unasked: ['sinais_alarme', 'irradiacao', 'febre', 'perda_peso'],
    utterances: dialogue(`
      M: Boa tarde, o que houve?
      P: Minha coluna travou, doutor, não consigo nem me abaixar.
      M: Quando começou?
      P: Foi anteontem.
      M: Fez algum esforço, pegou peso?
      P: Carreguei uns sacos de cimento na obra.
      M: Piora quando o senhor se mexe?
      P: Piora sim, principalmente quando viro na cama.
      M: Tomou algum remédio?
      P: Um relaxante muscular da minha esposa.
      M: Entendi. Vou receitar um anti-inflamatório por cinco dias.
      P: Obrigado.
    `),
  },
  {
    name: 'infeccao-urinaria',
    asked: ['inicio', 'sintomas_associados', 'antecedentes'],
    unasked: ['febre', 'gestacao', 'alergias', 'sinais_alarme'],
    utterances: dialogue(`
      M: Oi, Camila, tudo bem? Conta o que está acontecendo.
      P: Está ardendo demais na hora de fazer xixi.
      M: Faz quanto tempo?
      P: Uns dois dias.
      M: Tem corrimento ou coceira?
      P: Não, só a ardência mesmo e vontade toda hora.
      M: Já teve infecção urinária antes?
      P: Tive uma no ano passado.
      M: Vou pedir um exame de urina e já começar o antibiótico.
      P: Certo, doutora.
    `),
  },
  {
    name: 'depressao',
    asked: ['inicio', 'sono', 'medicacoes'],
    unasked: ['sinais_alarme', 'rede_apoio', 'historia_familiar', 'habitos'],
    utterances: dialogue(`
      M: Boa tarde, Rafael. Como você está?
      P: Não ando bem, perdi a vontade de fazer as coisas, só fico deitado.
      M: Desde quando você se sente assim?
      P: Desde que perdi o emprego, faz uns seis meses.
      M: E o sono?
      P: Acordo de madrugada e não durmo mais.
      M: Toma algum remédio?
      P: Não tomo nada.
      M: Acho que podemos começar um tratamento.
      P: Se o senhor acha que ajuda.
    `),
  },
  {
    name: 'diarreia crianca',
    asked: ['inicio', 'frequencia', 'febre'],
    unasked: ['hidratacao', 'diurese', 'contatos', 'sinais_alarme', 'alergias'],
    utterances: dialogue(`
      M: Boa noite, mãe. O que ele tem?
      P: Meu filho de dois anos está com diarreia e vomitando, doutora.
      M: Começou quando?
      P: Ontem de manhã.
      M: Quantas vezes ele evacuou hoje?
      P: Umas seis vezes, bem aguado.
      M: Teve febre?
      P: Teve trinta e oito.
      M: Vou orientar o soro de reidratação e a dieta.
      P: Está bem.
    `),
  },
  {
    name: 'asma',
    asked: ['inicio', 'medicacoes', 'fatores_piora'],
    unasked: ['adesao', 'sinais_alarme', 'sono', 'vacinas', 'alergias'],
    utterances: dialogue(`
      M: Bom dia, o que está sentindo?
      P: Minha asma piorou, o peito está chiando muito.
      M: Há quantos dias?
      P: Uns cinco dias.
      M: Que bombinha você usa?
      P: Uso aquela azul quando aperta.
      M: Alguma coisa que desencadeia, poeira, mofo?
      P: Minha casa tem muito mofo.
      M: Vou trocar sua medicação.
      P: Ok.
    `),
  },
  {
    name: 'tontura',
    asked: ['inicio', 'duracao', 'sintomas_associados'],
    unasked: ['medicacoes', 'sinais_alarme', 'fatores_piora', 'trauma', 'antecedentes'],
    utterances: dialogue(`
      M: Pode falar, dona Lurdes.
      P: Ando com umas tonturas, parece que a casa roda.
      M: Isso começou quando?
      P: Faz uma semana.
      M: Cada tontura dura quanto tempo?
      P: Ah, é rapidinho, coisa de segundos.
      M: Tem zumbido ou enjoo junto?
      P: Enjoo eu tenho.
      M: Está certo, vou examinar a senhora agora.
      P: Sim senhor.
    `),
  },
  {
    name: 'gestante',
    asked: ['gestacao', 'medicacoes', 'sintomas_associados'],
    unasked: ['sinais_alarme', 'vacinas', 'rastreios', 'habitos', 'rede_apoio'],
    utterances: dialogue(`
      M: Olá, Paula! Quantas semanas hoje?
      P: Estou com doze semanas de gravidez, é meu pré-natal.
      M: Está sentindo enjoo, azia?
      P: Enjoo de manhã.
      M: Tomando ácido fólico e ferro?
      P: Tomo os dois.
      M: Então vou medir sua pressão e ouvir o bebê.
      P: Que bom.
    `),
  },
  {
    name: 'pele',
    asked: ['inicio', 'localizacao', 'sintomas_associados'],
    unasked: ['medicacoes', 'alergias', 'contatos', 'febre'],
    utterances: dialogue(`
      M: Boa tarde, o que houve com a pele?
      P: Apareceram umas manchas vermelhas na minha barriga.
      M: Faz quanto tempo e onde mais tem?
      P: Uns quatro dias, e também nas costas.
      M: Coça ou arde?
      P: Coça muito, principalmente de noite.
      M: Vou passar uma pomada.
      P: Obrigada.
    `),
  },
  {
    name: 'dor de garganta',
    asked: ['inicio', 'febre'],
    unasked: ['alergias', 'sinais_alarme', 'contatos', 'sintomas_associados'],
    utterances: dialogue(`
      M: Oi, João, me conta.
      P: Estou com a garganta doendo muito, não consigo comer.
      M: Desde quando?
      P: Desde sábado.
      M: Teve febre?
      P: Tive, trinta e oito e meio.
      M: Deixa eu ver essa garganta. Vou receitar amoxicilina.
      P: Tá bom.
    `),
  },
  {
    name: 'receita',
    asked: ['medicacoes'],
    unasked: ['adesao', 'efeitos_adversos', 'alergias', 'rastreios', 'medidas_em_casa'],
    utterances: dialogue(`
      M: Bom dia, dona Neide.
      P: Bom dia, vim só renovar a receita dos meus remédios.
      M: Quais são mesmo?
      P: Enalapril, sinvastatina e aquele do estômago, omeprazol.
      M: Vou imprimir a receita para a senhora.
      P: Obrigada, doutor.
    `),
  },
  {
    name: 'palpitacao',
    asked: ['inicio', 'frequencia', 'habitos'],
    unasked: ['sinais_alarme', 'historia_familiar', 'antecedentes', 'medicacoes'],
    utterances: dialogue(`
      M: Boa tarde, Sandra, pode me contar o motivo da consulta?
      P: Então, doutor, de uns tempos pra cá eu venho sentindo o coração bater muito rápido, do nada.
      M: Isso é de quando mais ou menos?
      P: Acho que de um mês pra cá.
      M: E é todo dia?
      P: Não, umas duas vezes na semana.
      M: Costuma tomar café, energético, bebida?
      P: Café eu tomo bastante, uns seis por dia.
      M: Vamos fazer um eletro e ver isso direitinho.
      P: Tá certo.
    `),
  },
  {
    name: 'joelho',
    asked: ['inicio', 'localizacao', 'trauma'],
    unasked: ['febre', 'sinais_alarme', 'sintomas_associados', 'medicacoes'],
    utterances: dialogue(`
      M: Oi, seu Valdir, sente-se. O que traz o senhor aqui?
      P: É o meu joelho que não para de doer, está até inchado.
      M: Qual deles?
      P: O direito.
      M: E faz tempo?
      P: Faz uns vinte dias.
      M: O senhor caiu ou torceu?
      P: Que eu lembre, não.
      M: Bom, vou examinar e pedir uma radiografia.
      P: Sim senhor.
    `),
  },
  {
    name: 'tosse crianca',
    asked: ['inicio', 'febre', 'vacinas'],
    unasked: ['sinais_alarme', 'contatos', 'antecedentes', 'hidratacao', 'alergias'],
    utterances: dialogue(`
      M: Olá, tudo bem? É a vovó da Alice, né?
      P: Sou a avó sim. A Alice está com uma tosse horrível, doutora, tem dois aninhos.
      M: Há quantos dias ela está tossindo?
      P: Começou na terça-feira.
      M: Febre, a senhora chegou a medir?
      P: Teve trinta e sete e oito ontem.
      M: A carteira de vacinas está completa?
      P: Está completinha.
      M: Vou auscultar o peito dela e passar uma inalação.
      P: Pode ser, doutora.
    `),
  },
  {
    name: 'azia',
    asked: ['inicio', 'fatores_piora', 'habitos'],
    unasked: ['sinais_alarme', 'perda_peso', 'medicacoes', 'historia_familiar'],
    utterances: dialogue(`
      M: Boa noite, como posso ajudar?
      P: Ando com uma queimação no estômago que sobe até a garganta.
      M: Tem quanto tempo isso?
      P: Uns três meses.
      M: Piora depois que come, ou quando deita?
      P: Quando deito é pior.
      M: O senhor fuma, toma café, refrigerante?
      P: Refrigerante todo dia.
      M: Entendi. Vou receitar um protetor gástrico.
      P: Obrigado, doutor.
    `),
  },
  {
    name: 'insonia',
    asked: ['inicio', 'sono', 'medicacoes'],
    unasked: ['habitos', 'sinais_alarme', 'antecedentes', 'rede_apoio'],
    utterances: dialogue(`
      M: Oi, Marina. Me fala o que está te incomodando.
      P: Eu não durmo, doutora. Fico virando na cama a noite inteira.
      M: Desde quando isso?
      P: Já tem uns dois meses.
      M: Que horas você costuma ir pra cama e que horas levanta?
      P: Deito meia-noite, levanto às seis, mas só pego no sono lá pelas três.
      M: Já tentou algum remédio pra dormir?
      P: Minha vizinha me deu um, mas não sei o nome.
      M: Vou te explicar algumas medidas de higiene do sono.
      P: Tá bom.
    `),
  },
  {
    name: 'dispneia',
    asked: ['inicio', 'fatores_piora', 'antecedentes'],
    unasked: ['sinais_alarme', 'habitos', 'sintomas_associados', 'medicacoes'],
    utterances: dialogue(`
      M: Dona Ivone, o que houve?
      P: Estou com um cansaço, doutor, me falta o ar quando ando um pouquinho.
      M: Começou quando?
      P: Faz um mês, mais ou menos.
      M: Só quando anda ou deitada também?
      P: Quando deito piora, tenho que pôr dois travesseiros.
      M: A senhora tem problema de coração, pressão?
      P: Tenho pressão alta e já tive um infarto.
      M: Preciso pedir uns exames e ajustar o diurético.
      P: Certo.
    `),
  },
];
