import { phrases } from '../../services/text/phrase.ts';
import type { TopicWording } from '../topic-wording.ts';

/** Symptoms beside the complaint, general signs and red flags. */
export const associated = {
  sintomas_associados: {
    asked: phrases(`
      algum|alguma|alguns|algumas|outro|outra|outros|outras|mais outro? sintoma|sintomas|queixa|queixas|alteracao|incomodo
      outra|outras coisa|coisas
      mais alguma coisa
      algo mais
      alem d*|disso ~
      junto com|da|do
      acompanhad*|acompanha|acompanham
      associad*
      vem|aparece|sente junto
      enjoo|enjoos|nausea|nauseas|ansia|vomito|vomitos|vomitou|vomitando
      tontura|tonteira|vertigem|zumbido
      falta de ar
      suor|suando|suadouro|sudorese|transpira*
      palpitac*
      coracao ~ acelerad*|dispara*
      tremor|tremores|tremendo
      tosse|tossindo|coriza|catarro|espirr*|chiado|chiando
      nariz ~ escorrendo|entupid*|coca*
      dor de garganta|ouvido|cabeca|barriga
      dor ~ corpo|atras|articula*|juntas|peito|relacao
      diarreia|intestino|evacua*|prisao de ventre|fezes|coco
      azia|refluxo|empachamento|gases|arroto*
      arde|ardendo|ardencia
      coceira|cocando|manchas|mancha|vermelhidao|lesao|lesoes|ferida|feridas|descama*
      formiga*|dormencia|dormente|fraqueza
      incha*|edema
      corrimento|ardencia|arde|ardor|queima ~ urinar|xixi
      luz|barulho|som ~ incomoda*
      incomod* ~ luz|barulho|claridade|som
      fotofobia
      visao|vista ~ pontos|brilh*|embac*
      cansaco|fadiga|desanimo|indisposi*
      tristeza|triste|chora*|irritad*|irritabilidade|animo|vontade|prazer|concentra*
      rigidez|travad*|estalo*
      apetite|fome|sede
      calor|calores|ondas de calor
      lacrimej*|olho ~ vermelho|secrecao
      colica|colicas
      rouc*
    `),
    answered: phrases(`
      junto ~ com|vem|sinto|da|aparece
      acompanhad* de
      alem disso|da|do|de ~ sinto|tenho|da|doi|fico
      tambem ~ sinto|tenho|da|doi|tem|fico|estou|comecou|vomit*|apareceu
      sinto|tenho|da|estou|fico tambem
      sinto|tenho|da ~ enjoo|nausea|tontura|falta|suor|tremor|palpitac*|formiga*|fraqueza ~ e|tambem
      nenhum outro sintoma
      mais nada
      so isso
      nada mais
    `),
    yieldsTo: [
      'efeitos_adversos',
      'alergias',
      'contatos',
      'exame_pes',
      'hipoglicemia',
      'historia_familiar',
    ],
  },
  febre: {
    asked: phrases(`
      febre|febres|febril
      temperatura
      termometro
      calafrio*
      quantos graus
    `),
    answered: phrases(`
      # ~ graus
      temperatura ~ #
      febre de #
      febre ~ # graus?
      febre ~ alta|baixa|baixinha
      deu|mediu|chegou|bateu ~ trinta e|37|38|39|40
      trinta|quarenta e? oito|nove|sete|meio graus?
      calafrio*
      febril
    `),
    mentioned: phrases(`
      febre
      febril
      temperatura
    `),
  },
  trauma: {
    asked: phrases(`
      caiu|queda|quedas|tombo|cair|caido
      bateu|bater|batida|pancada
      acidente|acidentou
      trauma*
      torceu|torcao|torcer
      machucou|machucado|lesionou
      carreg*|levant*|peg* ~ peso|pesado|caixa|pesos
      algum|fez|fazendo ~ esforco|movimento brusco|fisico|diferente|repetitivo|repetido
      mau|mal jeito
      levou ~ pancada|choque|tombo
    `),
    answered: phrases(`
      cai|caiu ~ da|de|do|no|na|em|ontem
      levei|tomei|levou ~ tombo|queda|pancada|batida
      bati|bateu ~ cabeca|joelho|costas|perna|braco|de|o|a
      torci|torceu
      acidente
      carreg*|levant*|peg* ~ peso|pesado|caixa|caixas|saco|sacos|geladeira|movel|moveis
      mau|mal jeito
      nao cai|bati|cheguei|machuquei|levei
      nao caiu|bateu
      fiz ~ esforco|faxina|mudanca
    `),
  },
  perda_peso: {
    asked: phrases(`
      perdeu|perdendo|perda|perder ~ peso|quilos|quilo|kg
      emagrec*
      ganhou|ganhando|ganho|engordou ~ peso|quilos?
      engord*
      mudanca|variacao|alteracao|diferenca de|do|no peso
      mudou|mudaram ~~ peso
      peso mudou|continua|estavel|variou
      roupa* ~ larga*
    `),
    answered: phrases(`
      emagrec*
      perdi|perdeu|perdendo ~ peso|quilo|quilos|kg
      engord*
      ganhei|ganhou ~ peso|quilo|quilos|kg
      roupa* ~ larga*
      meu|o peso ~ mesmo|igual|estavel|normal
    `),
  },
  sono: {
    asked: phrases(`
      dorme|dormir|dormindo|dormiu|dormem|dormia|dormido|dormiram|adormecer
      sono
      insonia
      acorda|acordando|acordar|acordou ~ noite|madrugada|vezes|cansad*|descansad*|cedo
      que horas ~ deita|dorme|cama|levanta|acorda
      deita|deitar ~ horas|tarde|cedo|dormir
      ronca*|ronco
      pega|pegar no sono
      noites
      pesadelo*
      cochil*
    `),
    answered: phrases(`
      durmo|dormindo|dormi|dorme ~ bem|mal|pouco|muito|#|horas|direito|tarde|cedo|picado
      deito ~ horas|tarde|cedo|#
      levanto|acordo ~ #|cedo
      acordo|acordei ~ noite|madrugada|#|vezes|cansad*|toda|cedo|suad*
      sono ~ bom|ruim|leve|agitado|pesado|picado|pouco|normal|tranquilo|regular
      ronco
      noite em claro
      noite ~ sem dormir
      pesadelo*
    `),
    mentioned: phrases(`
      nao ~ dormir|durmo|dormindo|dorme
      insonia
      sono
    `),
  },
  sinais_alarme: {
    asked: phrases(`
      sinal|sinais de alarme|alerta|gravidade|perigo
      desmai*
      apagou|apagao
      convuls*
      perd* ~ consciencia|sentidos
      confus*|desorientad*|delir*
      rigidez ~ nuca|pescoco
      nuca|pescoco ~ dur*|rigid*
      pior dor ~ vida
      visao|vista|enxerg* ~ dupla|embac*|turv*|perd*|escur*|dobr*
      fraqueza|forca|fraco|fraca ~ perna|pernas|braco|bracos|lado|corpo|membro*|mao
      perd* ~ forca|sensibilidade|movimento*|visao|controle
      dormencia|dormente|anestesi* ~ rosto|face|braco|lado|perna|pernas|virilha|genital|entre|sela|boca|regiao|intima
      fala ~ enrolad*|embolad*|arrastad*|dificuldade
      dificuldade ~ falar|engolir|respirar|andar|caminhar|urinar|evacuar
      boca torta
      sangue ~ fezes|urina|coco|xixi|vomito|escarro|catarro|tosse|nariz|gengiva|boca|relacao
      com|saiu|viu|tem|teve sangue
      sangramento*|sangrando|sangrou
      fezes|coco ~ preta*|escura*|pretinha*|borra
      vomito|vomitou|vomitando ~ sangue|tudo|verde
      sonolent*|sonolencia|molinh*|molinho|mole|prostrad*|caidinh*|largad*|abatid*|apatic*|desperta*
      manchas|mancha|pintas ~ roxa*|pele|corpo|vermelha*
      gemend*|geme|gemid*|gemencia
      respira*|respiracao ~ rapid*|cansad*|dificuldade|esforco|ofegante|costela*|afundando
      cansad* ~ respirar
      esforco para respirar
      labios|boca|dedos ~ roxo*|roxa*|azulad*
      segurar|segura|controlar|controla|prender|perde|perdeu|perdendo ~ urina|xixi|fezes|coco
      incontin*
      retencao|reter|trancou ~ urina|xixi?
      morrer|morto|morresse|suicid*|matar
      tirar a|sua propria? vida
      se machucar|ferir|cortar
      machucar a si|voce
      valia|vale|valesse ~ pena
      desist* ~ vida|viver|tudo
      acabar com ~ vida|tudo
      propria vida
      melhor ~ nao estar|existir|acordar|viver
      vontade de sumir|viver|desaparecer
      pensamento* ~ ruim|ruins|morte|negativ*|machucar
      sumir|desaparecer
      acordou|acorda ~ dor|suad*|sufocad*
      doi|dor|sente ~ repouso|parad*|descans*
      em repouso
      falta de ar ~ repouso|parad*|deitad*|noite|intensa|subita
      saturacao
      amarelad*|ictericia|olho* amarel*
      perd* ~ liquido|agua
      parou|diminuiu ~ mexer|movimentos
      febre|calafrio* ~ dor|costas|lombar
      incha* ~ rosto|labio*|lingua|olhos|garganta|panturrilha
      de repente ~ forte|intens*
      suor noturno
      sua* ~ noite|noturn*
      emergencia|pronto ~ por isso|essa
    `),
    settled: phrases(`
      sinal|sinais de alarme|alerta|gravidade|perigo
      morrer|morto|morresse|suicid*|matar
      tirar a|sua propria? vida
      se machucar|ferir|cortar
      machucar a si|voce
      valia|vale|valesse ~ pena
      desist* ~ vida|viver|tudo
      acabar com ~ vida|tudo
      propria vida
      melhor ~ nao estar|existir|acordar|viver
      vontade de sumir|viver|desaparecer
      pensamento* ~ ruim|ruins|morte|negativ*|machucar
      sumir|desaparecer
      emergencia|pronto ~ por isso|essa
    `),
    answered: phrases(`
      nao|nunca ~ pensei|penso ~ morrer|matar|isso|nisso
    `),
    yieldsTo: ['historia_familiar', 'exame_pes'],
  },
} satisfies Record<string, TopicWording>;
