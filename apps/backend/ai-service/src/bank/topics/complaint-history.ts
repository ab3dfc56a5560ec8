import { phrases } from '../../services/text/phrase.ts';
import type { TopicWording } from '../topic-wording.ts';

/** Topics of the present complaint: when, where, how, what moves it. */
export const complaintHistory = {
  inicio: {
    asked: phrases(`
      desde quando
      desde que dia|idade|mes|ano
      ha|faz|tem quanto tempo
      ha|faz muito|pouco|bastante tempo
      faz tempo
      ha|faz|tem quantos|quantas dias|semanas|meses|anos|horas
      quanto tempo ~ sentindo|com|tem|esta|vem|assim|faz|sente
      quantos|quantas dias|semanas|meses|anos ~ que|esta|sente|com|assim
      quando ~~ comec*|inici*|surgi*|apareceu|apareceram|notou|percebeu|reparou|descobriu
      quando foi que
      quando foi isso
      comec* quando|como|faz|foi|ha
      como ~ comec*|inici*|surgiu
      primeira vez que ~ sentiu|teve|apareceu|notou
      comec* ~ de repente|subito|aos poucos
      de repente ou
      foi de repente|subito
      comecou hoje|ontem
    `),
    answered: phrases(`
      ha|faz|fazem ja? uns|umas|mais|quase|cerca|pelo? ~ # dia|dias|semana|semanas|mes|meses|ano|anos|hora|horas
      ha|faz|fazem ja? # dia|dias|semana|semanas|mes|meses|ano|anos|hora|horas
      ha|faz ~ muito|algum|pouco|bastante tempo
      ha|faz|tem alguns|algumas|varios|varias|uns|umas ~ dias|semanas|meses|anos|horas
      tem uns|umas # dias|semanas|meses|anos|horas
      tem mais de # dias|semanas|meses|anos
      desde ontem|anteontem|hoje|segunda|terca|quarta|quinta|sexta|sabado|domingo|crianca|pequeno|pequena|sempre|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro
      desde ~ semana|mes|ano|noite|manha|tarde|madrugada|dia|natal|carnaval|ferias
      desde que
      comec* ~ ontem|hoje|anteontem|semana|mes|noite|manha|tarde|madrugada|dia|ano|depois|segunda|terca|quarta|quinta|sexta|sabado|domingo
      de ontem|uns|umas ~ pra|para ca
      nos|nas ultimos|ultimas # dias|semanas|meses|anos
      nos|nas ultimos|ultimas dias|semanas|meses|tempos
      semana|mes|ano passado|passada
    `),
  },
  duracao: {
    asked: phrases(`
      quanto tempo ~~ dura|duram|durou|durar|durava|passa|demora|permanece
      quanto dura|duram|durou
      demora|leva quanto
      demora ~ passar|melhorar|parar
      dura|duram|durou quanto
      dura|duram|durou|durar ~ minutos|horas|segundos|dias
      quanto tempo ~ cada|dor|crise|episodio|tontura|palpitacao|falta
      vai e volta|vem
      vem e vai
      e|fica|esta|sao continua|constante|direto|direta|intermitente
      o dia|tempo todo|inteiro
      para|passa e volta
    `),
    answered: phrases(`
      dura|duram|durou|durava|duraram ~ # minuto|minutos|hora|horas|segundo|segundos|dia|dias
      dura|duram|durou ~ dia|noite|tarde|pouco|muito|bastante
      demora|leva|levou ~ # minuto|minutos|hora|horas|segundos ~ passa|melhora|vai
      demora|leva ~ # minuto|minutos|hora|horas
      fica|ficou ~ # minuto|minutos|hora|horas ~ doendo|passa
      passa ~ # minuto|minutos|hora|horas|segundos
      o dia|tempo todo|inteiro|toda
      vai e volta|vem
      nao passa|para de|nunca|mais
      e|fica constante|continua|direto
    `),
  },
  frequencia: {
    asked: phrases(`
      quantas vezes|crises|evacuacoes|evacuadas
      quantos episodios
      com que|qual ~ frequencia
      de quanto em quanto
      quantos|quantas ~ por|na|no|ao dia|semana|mes|ano
      # vezes ~ por|na|no|ao dia|semana|mes
      todo dia
      todos os dias ~ ou
      acontece|aparece|sente|vem ~ todo|todos|sempre|toda|frequen*
      e frequente
      tem sido frequente
    `),
    answered: phrases(`
      # ou? #? vezes por|na|no|ao|numa dia|semana|mes|noite|ano
      # ou? #? vezes hoje|ontem|essa|nessa|esta
      todo dia|santo
      todos os dias
      toda noite|semana|manha|hora
      quase todo|toda|todos|todas
      dia sim
      de vez em quando
      direto|sempre ~ acontece|aparece|tenho
      umas|uns # vezes
    `),
    yieldsTo: ['adesao', 'medidas_em_casa', 'hipoglicemia', 'habitos', 'exame_pes'],
  },
  localizacao: {
    asked: phrases(`
      onde ~~ doi|dor|doendo|sente|incomoda|fica|localiz*|coca|comecou|aparec*|e|exatamente|esta|apert*|incha*|tem|pega|mais
      doi onde
      aonde
      em|qual|que que? lugar|parte|regiao|local|altura|ponto ~
      em qual|quais
      qual|quais deles|delas
      qual dos|das ~ joelho*|ombro*|braco*|perna*|lado*|pe|pes|olho*|ouvido*
      de|em|qual que? lado
      aponta*|mostra* ~ onde|lugar|dedo|local
      lado direito|esquerdo ~ ou
      direito ou esquerdo
      direita ou esquerda
      um|dois|ambos lado|lados
      localiz*
      em cima ou embaixo
      na barriga toda ou
      ponto especifico
      quais juntas|articulacoes|partes
    `),
    answered: phrases(`
      no|bem meio do|da|de
      no centro do
      do|no|pelo|desse|deste|neste lado direito|esquerdo|de
      dos dois lados
      lado direito|esquerdo
      so um lado
      atras do|dos|da|das olho|olhos|cabeca|orelha|joelho
      na|nas testa|nuca|tempora|temporas|fronte|lombar|virilha|cintura|bexiga|panturrilha|batata|face
      nos dois ~ joelhos|pes|bracos|ombros
      boca do estomago
      pe da barriga
      baixo ventre
      parte de baixo|cima|tras|dentro
      embaixo|abaixo|acima do|da|das|dos
      ouvido|joelho|ombro|braco|olho|pe|rim|quadril|tornozelo|cotovelo|punho|dedo direito|esquerdo
      perna|mao|coxa|mama|orelha|nadega direita|esquerda
      bem? aqui ~ no|na|nos|nas|embaixo|atras
      bem? aqui do lado|joelho|peito|pescoco|umbigo|olho|ouvido|pe|braco|ombro|pulso|quadril
    `),
  },
  irradiacao: {
    asked: phrases(`
      irradi*
      espalha*
      corre|vai|sobe|desce|caminha|passa|anda|pega|reflete|responde|puxa ~ para|pra|pro|ate|no|na|nas|nos|o|a|pela|pelo ~ braco|bracos|perna|pernas|costas|pescoco|mandibula|queixo|ombro|virilha|coxa|pe|outro|lugar|lado|nuca|cabeca|barriga|peito
      outro|outra lugar|parte|regiao|canto ~ do? corpo?
      fica|parada|so ~ mesmo lugar|so ali|ali
      braco esquerdo|mandibula|queixo
      desce ~ pela|pelas|para|pra|ate
    `),
    answered: phrases(`
      irradi*
      espalha*
      vai|desce|corre|sobe|pega|reflete|passa|responde|puxa|caminha ~ para|pra|pro|ate|no|na|nas|nos|pela|pelas|pelo|o|a ~ braco|bracos|perna|pernas|costas|pescoco|mandibula|queixo|ombro|virilha|coxa|pe|nuca|cabeca|joelho|panturrilha|calcanhar|nadega
      nao vai|sai|espalha|corre|passa ~ lugar|nenhum|lado|dali
      fica so|somente ali|aqui|no
    `),
  },
  carater: {
    asked: phrases(`
      como e ~ dor|tosse|tontura|coceira|sensacao|aperto|mancha|ferida|lesao|pinta|sintoma|isso|catarro
      como ~ descrev*
      que tipo|jeito ~
      tipo de dor|tosse|tontura|sensacao
      aperto|pontada|pontadas|queimacao|facada|colica|choque|fisgada ~ ou
      queima*|arde|aperta|lateja*|pulsa*|pesa ou
      e|em|como ~ aperto|pontada|pontadas|queimacao|facada|colica|fisgada
      lateja|latejante|pulsa|pulsatil|pulsando|queima|queimando
      tosse ~ seca|catarro|secrecao|produtiva|carregada
      seca ou
      tem|sai|com ~ catarro|secrecao|muco|pus
      cor ~ catarro|secrecao|corrimento|fezes|urina|xixi|mancha|vomito
      de|qual|que ~ cor
      como estao|sao ~ fezes|coco|manchas|evacuacoes
      aguad*|aquos*|liquid*|pastos* ou
      roda*|girando|gira ou
      tudo rodar|rodando|girar|girando
      sensacao ~~ ou
      batimento* ~ regular*|irregular*
      regular ou irregular
      cheiro
    `),
    answered: phrases(`
      e|sinto|parece|tipo|como ~ aperto|pontada|pontadas|queimacao|facada|colica|peso|fisgada|agulhada|choque|pressao
      apertando|latejando|queimando|pulsando|ardendo|latejante|pulsatil
      lateja|pulsa|aperta
      tosse|bem|e seca
      catarro|secrecao ~ verde|amarel*|branc*|transparente|grosso|sangue
      com catarro|secrecao|muco|pus
      aguad*|liquid*|pastos*|molinho
      tudo|cabeca ~ rod*|gir*
      como se fosse|tivesse|estivesse|alguem
      parece que
    `),
  },
  intensidade: {
    asked: phrases(`
      de zero|0|um|1 a dez|10
      que|qual|uma nota ~
      intens*
      forte ou
      muito|bem forte
      quanto ~ doi|doendo|incomoda|atrapalha
      o quanto
      insuportavel
      atrapalha*|impede|impedindo|limita|limitando|interfere|interferindo|prejudica*
      consegue|conseguindo ~ trabalhar|andar|caminhar|fazer|estudar|levantar
      deixou|deixa|deixado de fazer|trabalhar|ir|sair
    `),
    answered: phrases(`
      muito|bem|super|bastante forte|intensa|intenso|fraca|leve
      dor ~ forte|insuportavel|horrivel|terrivel|fraca|leve|fraquinha|moderada
      insuportavel
      nota #
      # de|em dez
      uns? # ~ zero a dez
      doi muito|demais|pouco|bastante
      nao aguento|suporto
      atrapalha*|impede
      nao consigo|consegui trabalhar|andar|levantar|ficar|fazer
    `),
  },
  fatores_piora: {
    asked: phrases(`
      o que|oque ~ piora*|desencadeia|provoca|causa|agrava
      faz|fazendo ~ piorar
      algo|coisa|situacao|movimento|alimento|posicao ~ piora|pior|desencadeia|provoca|agrava|causa
      piora|piorou|piorar|pior ~ com|quando|ao|se|em|no|na|alguma|algum|a|de|depois|noite|manha|deita*|and*
      aparece|acontece|comeca|vem|surge|sente|doi ~ quando|em|parad*|fazendo|ao|depois|com|so ~ momento|situacao|esforco|repouso|hora|sobe|subir|anda|andar|caminha|deita|come|comer|respira|tosse|levanta|abaixa|mexe|estress*
      em que|qual momento|situacao|ocasiao
      que|qual momento|horario|hora ~ dia|piora|aparece|pior
      fazendo|faz|com|ao|algum ~ esforco
      quando ~ sobe|subir|anda|caminha|deita|come|respira|tosse|levanta|abaixa|mexe|vira|agacha|engole
      ao subir|andar|caminhar|deitar|comer|respirar|tossir|levantar|abaixar|mexer|virar|engolir|urinar
      gatilho*
      quantos travesseiros
      desencade*
      relacao|relacionad* com|a
      depois|antes de ~ comer|refeicao|refeicoes|almoco|esforco
      algum motivo|estresse|preocupacao
      aconteceu|mudou|passando|houve ~ alguma|algo|mudanca|estresse|problema|situacao
      o que ~ fazendo|aconteceu ~ quando|antes
      esforco fisico
      de|pela manha|noite|tarde ou
      estress*
      tem alguma coisa que ~ dispara|ataca
      ataca* ~ com|quando
    `),
    answered: phrases(`
      piora|piorou ~ quando|com|se|ao|a|de|depois|noite|manha|no
      aparece|comeca|vem|ataca|da|doi|sinto ~ quando|se eu|depois que|ao
      quando eu ~ subo|ando|carrego|levanto|deito|como|respiro|tusso|abaixo|viro|faco|fico|pego|trabalho|mexo|caminho|agacho|engulo|sento|estresso
      quando ~ sobe|corre|anda|mama|deita|come|tosse ~
      se eu ~ subo|ando|carrego|levanto|como|corro|abaixo|fico ~ doi|piora|aparece|vem
      so|principalmente|mais quando|depois|se
      so|mais ~ frio|calor
      depois de|que ~ comer|como|almocar|almoco|jantar|refeicao|refeicoes|andar|trabalhar
      por causa do|da|de|desse|dessa|disso
      estress*
      desde que ~ mudei|perdi|separei|terminei|entrei|comecei|casei|aposentei|voltei|briguei|brigamos|nasceu|morreu|faleceu|saiu
      qualquer esforco
      acordo|acorda ~ sufocad*
      acordo|acorda sem ar
      durmo|dorme ~ # travesseiros
    `),
    yieldsTo: ['rede_apoio'],
  },
  fatores_melhora: {
    asked: phrases(`
      o que|oque ~ melhora*|alivia*|ajuda
      fica|ficar melhor
      posicao ~ melhor*
      faz ~ melhorar|passar|aliviar
      algo|coisa|posicao|remedio ~ melhora|alivia|ajuda
      melhora|melhorou|melhorar ~ com|quando|ao|se|depois|em|alguma
      alivi*
      passa|some|para ~ quando|com|sozinh*|descans*|depois
      repouso|descans* ~ melhora|passa|alivia
      fez|faz|tentou|usou|fazendo ~ alguma|algo|o que ~ para|pra ~ melhorar|aliviar|passar|dor
      tentou|experimentou|fez alguma|algo|algum ~ coisa|tratamento
      melhora|melhorou
    `),
    answered: phrases(`
      melhora|melhorava|alivia|aliviava|passa|passava|para|parava|some|sumia ~ quando|com|se|depois|sozinh*|um|pouco|deitad*
      se eu ~ sento|descanso|deito|tomo|paro|fico ~~ passa|melhora|alivia|para
      quando eu? ~ sento|descanso|deito|paro|durmo|tomo ~ passa|melhora|alivia
      deitad*|sentad*|parad*|quiet*|repouso|gelo|compressa|calor|massagem|dormindo|banho ~ melhora|alivia|passa
      nada|remedio ~ melhora|alivia|adianta|resolve|ajuda|funciona
      nao melhora|alivia|adianta|resolve|ajudou|melhorou|passou ~ com|nada|remedio
      melhorei|melhorou|aliviou ~ com|depois|quando|um
    `),
  },
} satisfies Record<string, TopicWording>;
