import { phrases } from '../../services/text/phrase.ts';
import type { TopicWording } from '../topic-wording.ts';

/** Topics of prevention, follow-up, children, pregnancy and the person's surroundings. */
export const care = {
  gestacao: {
    asked: phrases(`
      gravid*
      gestante|gestacao|gestacional|gestacoes
      menstru*
      ciclo ~ regular|menstrual|atrasad*
      atraso|atrasada|atrasou ~ menstrua*
      anticoncepc*|contracep*|preservativo|camisinha|diu|engravid*
      quantos filhos|partos
      parto|partos|cesarea*|aborto*
      amament*
      menopausa|climaterio
      quantas semanas
      bebe ~ mexe*|mexendo|movimento*
      relacao|relacoes sexua*
      vida sexual
      regras
    `),
    answered: phrases(`
      gravid*
      menstru*
      # semanas ~ gravid*|gestacao|hoje|bebe
      bebe ~ mexe*|mexendo
      anticoncepcional|diu|camisinha|laquead*|laqueadura|vasectomia
      menopausa
      amament*
      atrasada|atrasou
    `),
  },
  vacinas: {
    asked: phrases(`
      vacin*
      caderneta|carteirinha
      cartao ~ vacina*
      imunizacao|imunizad*
    `),
    answered: phrases(`
      vacin*
      caderneta
      imunizacao|imunizad*
    `),
  },
  contatos: {
    asked: phrases(`
      contato|contatos com|proximo
      alguem ~~ doente|gripad*|sintoma*|igual|tambem|febre|tosse|tossindo|dengue|covid|diarreia|mal|resfriad*|assim|manchas|coceira|cocando
      alguem ~ casa|escola|creche|trabalho|perto|volta ~ doente|com|tem|teve|esta|assim
      mais alguem ~ doente|casa|assim|com
      alguem proximo|perto
      outra|outras pessoa|pessoas|crianca|criancas ~ casa|doente|doentes|com|escola|creche|iguais|mesm*
      creche|escola|escolinha|bercario
      viaj*|viagem|viagens
      expos*|exposta|exposto
      picada*|mosquito*|carrapato*|inseto*
      casos ~ dengue|covid|gripe|perto|regiao|bairro|escola
      comeu|comeram|ingeriu ~ fora|diferente|estragad*|suspeit*|algo|alguma|restaurante
      agua ~ tratada|poco|filtrad*|torneira|encanada|enchente|esgoto
      animal|animais|bicho*|gato*|cachorro*|passaro*
      mofo|poeira|acaro*|bolor
      marido|esposa|filhos|irmaos|irmao|parceiro|parceira ~ tambem|mesm*|doente|sintoma*
      parceiro|parceira|parceiros|parceiras|parceria|parcerias ~ nov*|sintoma*|tem|tratou|trataram|sabe
      quando ~ ultima relacao
      relacao|relacoes|transou ~ sem|com ~ camisinha|preservativo|protecao
      aglomera*
    `),
    answered: phrases(`
      irmao|irma|irmaos|irmazinh*|filho|filha|filhos|marido|esposa|vizinh*|colega*|prima|primo|avo|mae|pai|amiguinh*|coleguinha* ~ doente|gripad*|resfriad*|febre|tosse|tossindo|dengue|covid|virose|diarreia|assim
      na|da|pra escola|creche|escolinha ~
      creche|escolinha
      viaj*|viagem
      voltei|voltamos|voltou|fui|fomos ~ praia|sitio|interior|viagem|exterior|roca|fazenda
      ninguem ~ doente|casa|sintoma*|gripad*|mais
      todo|todos mundo|casa|em ~ doente|gripad*|assim|casa
      comi|comeu|comemos ~ fora|restaurante|lanche|lanchonete|churrasco|maionese|festa|rua|estragad*|camarao
      picad* ~ mosquito*|inseto*|carrapato*|bicho*
      varios casos
      casos de
      surto
    `),
  },
  hidratacao: {
    asked: phrases(`
      bebe|bebendo|beber|bebido|toma|tomado|tomando|tomar|aceita|aceitando|ingere|ingerindo|oferec* ~ agua|liquido|liquidos|soro|suco|leite
      e|os|de|com|mais|pouco|muito|muitos|bastante|tanto|quanto|quantos|recusa*|rejeit* liquido|liquidos
      mama|mamando|mamar|mamou|mamadeira
      hidrat*
      desidrat*
      sede
      boca|labios|lingua sec*
      soro caseiro?
      agua ~ bebe|toma|por dia
      segura|segurando|para|parando|manter ~ estomago
    `),
    answered: phrases(`
      bebo|bebe|bebendo|tomo|toma|tomando|aceita|aceitando ~ agua|liquido|liquidos|soro|suco|leite
      mama|mamando|mamou
      nao ~ beber|mamar|quer ~ nada|agua|peito?
      boca sec*
      muita|bastante sede
      soro ~ tomando|dando|dei|caseiro
      vomita tudo
      nada ~ para|fica ~ estomago
    `),
  },
  diurese: {
    asked: phrases(`
      urin*
      xixi
      fralda|fraldas
      mijando|mijou|mija
      banheiro ~ noite|vezes|quantas
      levanta* ~ noite ~ banheiro|urinar|xixi
      jato ~
    `),
    answered: phrases(`
      # ~ fralda*
      fralda* ~ seca*|molhada*|cheia*|#|menos|normal
      xixi|urina|urinando|urino ~ pouco|normal|escur*|clar*|vezes|toda|bastante|muito|menos
      fez|faz|fazendo|faco ~ xixi|urina ~ normal|pouco|vezes|hoje|toda|bem|direto
      levanto ~ noite|vezes ~
      pouco xixi
      quase nao urina|urino|faz
    `),
    mentioned: phrases(`
      urin*
      xixi
      fralda*
    `),
    yieldsTo: ['sinais_alarme'],
  },
  peso: {
    asked: phrases(`
      quanto ~ pesa|pesando|peso|pesou
      qual|que ~ peso
      peso ~ atual|hoje|ultimo|dele|dela|crianca
      pesa|pesando|pesou ~ quanto|quantos
      quantos quilos
      altura|imc
    `),
    answered: phrases(`
      pesa|peso|pesando|pesou ~ #
      quilos|kilos|kg
      ganhou peso bem
    `),
    yieldsTo: ['perda_peso'],
  },
  medidas_em_casa: {
    asked: phrases(`
      mede|medindo|mediu|medido|medir|medida|medidas|aferi*|afere|aferindo|verific*|controla|controlando|monitor* ~~ pressao|glicemia|glicose|acucar|diabet*|dextro|saturacao|casa|oxigenacao|ponta
      pressao|glicemia|glicose|acucar|dextro|diabetes ~~ casa|dando|anda|andam|ultima|ultimo|valor|valores|media|medida|controlad*
      pressao|glicemia|glicose|acucar|dextro ~~ esta|ta|deu|dando|fica|em|marca quanto
      quanto esta|ta|e|foi|deu|da|dava|estava|anda|fica|marca|marcou|tem|vem ~~ pressao|glicemia|glicose|acucar
      como ~ esta|estao|anda|andam|ficou|ficaram ~ pressao|glicemia*|acucar|glicose
      aparelho ~ pressao|casa|glicose|medir
      pressao|glicose|glicemia ~ aparelho
      ficado|ficando|andado ~ pressao|glicemia|glicose|acucar
      glicosimetro|oximetro
      anot* ~ pressao|valores|medidas|glicemia*
      ponta ~ dedo
      fura* ~ dedo
    `),
    answered: phrases(`
      medi|meco|medindo|mediu ~ pressao|glicemia|glicose|acucar|casa|saturacao|#
      pressao ~ #  por #
      pressao ~ deu|dando|estava|anda|andava|em|chegou ~ #
      # por #
      glicemia|glicose|acucar|dextro|diabetes|destro ~ deu|dando|estava|anda|em|de|da|esta ~ #|alta|alto|boa|bom
      nao meco|tenho ~ aparelho|casa|medido|pressao|glicemia|media
      aparelho
    `),
    yieldsTo: ['hipoglicemia'],
  },
  hipoglicemia: {
    asked: phrases(`
      hipoglic*
      acucar|glicemia|glicose ~ baix*|caiu|cai|queda
      baixa|queda ~ acucar|glicose|glicemia
      tremor*|tremedeira|suor|suadouro|fraqueza|tontura|mal ~~ fome|jejum|comer|come|refeicao
      suor|tremedeira frio? ~ fome|jejum|comer
    `),
    answered: phrases(`
      hipoglic*
      acucar|glicemia|glicose|diabetes ~ baix*|caiu|cai
      tremedeira|tremor|suor|fraqueza ~ fome|comer|como|jejum|melhora
      passo|passei mal ~ sem comer|fome|jejum
      abaixo de #
    `),
  },
  exame_pes: {
    asked: phrases(`
      pe|pes ~~ ferida*|machucado*|dormen*|formiga*|sensibilidade|olha*|exam*|calo|calos|unha|unhas|cuida*|rachad*|queima*|ulcera*|corte*|micose|bolha*|cor
      ferida*|formiga*|dormen*|machucado*|calo|calos|sensibilidade|bolha*|corte*|rachadura* ~~ pe|pes
      calcado|calcados|sapato|sapatos
      cuida*|olha*|exam*|observa*|seca* ~ pes
      como estao ~ pes
    `),
    answered: phrases(`
      pe|pes ~ formiga*|dormen*|ferida*|machuca*|queima*|rachad*|calo|calos|adormec*
      ferida*|formiga*|dormencia|machucado*|calo|calos ~ pe|pes
    `),
  },
  rastreios: {
    asked: phrases(`
      preventivo|papanicolau|citologic*
      mamografia|colonoscopia|endoscopia|densitometria|psa|toque
      fundo de olho
      oftalmo*
      oculista
      exame|exames ~ dia|recente*|sangue|ultimo*|ultima|rotina|fez|laboratorio|fezes|vista|urina|olho*|anual|coracao|fazer|feitos|feito|controle
      ultimo|ultimos|ultima|fez|trouxe ~ exame|exames
      glicada
      check|checkup
      colesterol ~ exame|quanto|ultimo|dosou|mediu
      funcao ~ rins|renal|rim|tireoide
      quando foi ~ ultimo|ultima ~ exame*|preventivo|consulta|mamografia|vista
      rastrea*|rastreio*
      eletro|eletrocardiograma|ecocardiograma ~ fez|ja|ultimo
      ja fez ~ eletro|eletrocardiograma|raio|tomografia|ressonancia|ultrassom|espirometria
    `),
    answered: phrases(`
      fiz|fez|trouxe ~ exame|exames|preventivo|mamografia|colonoscopia|endoscopia|papanicolau
      ultimo|ultimos exame*|preventivo
      preventivo|mamografia|colonoscopia|papanicolau
      glicada ~ #|deu
      nunca fiz
      fundo de olho
    `),
  },
  rede_apoio: {
    asked: phrases(`
      mora|morando|vive|vivendo|reside ~ com|sozinh*|quem|alguem
      com quem ~ mora|vive|conta|contar|fica|conversa|desabafa
      pode contar
      tem alguem ~ ajud*|apoi*|convers*|cont*|acompanh*|perto|confi*
      alguem ~ ajud*|apoi*|cuid*|conversar|confianca
      apoio|suporte
      quem ~ ajuda*|cuida*|apoia*|acompanha*
      ajuda ~ em|dentro de? casa|familia
      familia|marido|esposa|companheir*|filhos|amigos ~ ajuda*|apoia*|sabe|sabem|perto|compreend*|acompanh*|apoio
      rede
      amigo|amigos|amizade*
      se sente|sentindo ~ sozinh*
      situacao|relacionamento|convivencia|clima|ambiente ~ casa|familia|trabalho
      como ~ esta|estao|sao|e|anda ~ casa|familia|relac*
      violencia|agredid*|agressao|ameaca*
      cuidador*
      segur* ~ casa
    `),
    answered: phrases(`
      moro ~ com|sozinh*|so|minha|meu
      vivo sozinh*
      vivo com minha|meu|meus|minhas
      marido|esposa|mae|pai|filho|filha|filhos|familia|irma|irmao|amig* ~ ajuda*|apoia*|cuida*|acompanha*
      nao tenho ninguem
      ninguem ~ ajuda|apoia|entende|conversar
      posso contar|conto com
      me sinto ~ sozinh*
      sozinh* ~ casa|com
      quem me ajuda
    `),
  },
} satisfies Record<string, TopicWording>;
