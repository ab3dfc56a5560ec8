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
];
