import { phrases } from '../../services/text/phrase.ts';
import type { TopicWording } from '../topic-wording.ts';

const diseases =
  'pressao|hipertens*|diabet*|amigdalit*|otite*|reumatica|obesidade|colesterol|asma|bronquite|rinite|sinusite|tireoide|gastrite|ulcera|cancer|tumor|infart*|coracao|cardiac*|avc|derrame|enxaqueca|depress*|ansiedade|panico|trombose|epileps*|anemia|hepatite|calculo|pedra|pedras|rins|renal|artrite|artrose|reumatismo|lupus|gota|osteoporose|glaucoma|hiv|tuberculose|pneumonia|covid|dengue|refluxo|hernia|bipolar|arritmia|marcapasso|fibromialgia|alzheimer|parkinson';

const drugs = `
      losartan*|enalapril|captopril|anlodipin*|hidroclorotiazid*|atenolol|propranolol|metoprolol|carvedilol|valsartan*|furosemida|espironolactona
      sinvastatin*|atorvastatin*|rosuvastatin*|metformin*|glibenclamid*|gliclazid*|dapagliflozin*|semaglutid*|ozempic
      dipirona|paracetamol|ibuprofen*|naproxeno|diclofenac*|nimesulid*|cetoprofeno|dorflex|tylenol|buscopan|neosaldina|torsilax|tramadol|codeina|ciclobenzaprin*|aspirina|aas
      omeprazol|pantoprazol|esomeprazol|domperidona|dramin|ondansetron*|bromoprida|loperamid*
      amoxicilin*|azitromicin*|cefalexin*|ciprofloxacin*|nitrofuranto*|fosfomicin*|sulfa*|bactrim
      prednison*|prednisolon*|dexametason*|loratadin*|desloratadin*|salbutamol|aerolin|budesonid*|formoterol|beclometason*|montelucaste
      sertralin*|fluoxetin*|escitalopram|citalopram|paroxetin*|venlafaxin*|amitriptilin*|clonazepam|rivotril|diazepam|alprazolam|zolpidem|topiramato|sumatriptan*|litio|quetiapina
      levotiroxin*|puran|clopidogrel|varfarina|rivaroxaban*|anticoncepcional|alopurinol|colchicina|melatonina|sulfato ferroso?
      acido folico
      descongestionante*|corticoide*|hormonio*|diuretico*|laxante*|anticoagulante*
      relaxante muscular?
`;

/** What the person brings along: diseases, family, medicines, allergies, habits. */
export const background = {
  antecedentes: {
    asked: phrases(`
      tem|teve|tinha|possui|sofre|ter|ha|existe ~ ${diseases}
      qual|quais|que doenca|doencas
      tem|teve|possui|alguma|algum|outra|outro ~ doenca|doencas|problema|problemas|condicao|comorbidade* ~
      problema|problemas|doenca|doencas de saude|cronica|cronicas|coracao|pulmao|pele|base
      e? hipertens*|diabetic*|asmatic*|cardiac*
      ja ~ teve|tinha|sentiu|aconteceu|apresentou ~ isso|antes|assim|outra|outras|alguma|parecid*|infeccao|infeccoes|crise|crises|episodio*|algo|convulsao|otite
      ja ~ tratou|tratamento|acompanhamento|terapia|psicolog*|psiquiatr*
      cirurgia*|operou|operad*|operacao
      internad*|internacao|internacoes|internou|hospitalizad*
      historico de|medico|clinico|pessoal
      antecedente*
      comorbid*
      diagnostic*
      faz|fez|faca ~ acompanhamento|tratamento
      primeira vez ~ acontece|isso|tem|assim
      prematur*
      nasceu ~ tempo|semanas|prematur*|mes*
      saude em geral
      outra* vez* ~ isso|antes
      transfus*
    `),
    answered: phrases(`
      tenho|tive|tinha|sofro|trato|tem|teve ~ ${diseases}
      sou ~ hipertens*|diabetic*|asmatic*|cardiac*|epileptic*|bipolar
      ja tive|operei|fiz|tirei|fui ~
      fui|foi|fiquei|ficou internad*|operad*
      operei|operou
      fiz|fez ~ cirurgia|cateterismo|quimio*|radio*
      tirei|retirei ~ vesicula|utero|apendice|amigdala*|ovario|tireoide
      nao tenho ~ doenca|problema|pressao|diabet*
      nao tenho mais? nada
      sempre fui|foi saudavel
      nunca tive|teve ~ nada|isso|problema|doenca
      nenhuma doenca
      sempre tive|teve saude
      nunca fiquei|ficou doente
      nenhum problema ~ saude
      faco ~ acompanhamento|tratamento|terapia
      e ~ prematur*
    `),
    yieldsTo: ['historia_familiar', 'alergias', 'hipoglicemia'],
  },
  historia_familiar: {
    asked: phrases(`
      alguem ~ familia ~ tem|teve|com|que|sofr*|${diseases}
      familia|familiar|familiares|parente|parentes ~~ ${diseases}
      familia|familiar|familiares|parente|parentes ~ tem|teve|tiveram|casos|caso|historico|problema*|doenca*|com|tambem|morreu|sofr*|infart*
      casos|caso|historico|historia|antecedentes ~ familia|familiar|familiares
      pai|mae|irmao|irmaos|irma|pais|avo|avos|tio|tios|primeiro|filhos ~ tem|teve|tiveram|tinha|tinham|morreu|morreram|sofr*|faleceu|infart*|com ~ ${diseases}|isso|problema*|doenca*|mesm*|igual|tambem|algum|alguma
      seus pais|irmaos ~ vivos|saude|tem
      na|da|em sua? familia ~ alguem|existe|ha|tem|teve
      heredita*
      ${diseases}|doenca|doencas|casos|caso ~~ familia|familiares|pais|irmaos|parente|parentes
      morte subita
    `),
    answered: phrases(`
      meu|minha|nosso|nossa pai|mae|irmao|irma|avo|tio|tia|primo|prima|filho|filha ~ tem|teve|tinha|morreu|faleceu|infart*|sofr*|era|tambem ~ ${diseases}|disso|isso|mesm*|cedo|subita|#
      meus|minhas|nossos pais|irmaos|irmas|avos|tios|tias ~ tem|tiveram|tinham|morreram|sao|sofr*|tambem
      na|da minha? familia ~
      do|no lado da|do minha|meu mae|pai
      ninguem ~ familia
      pai|mae|irmao|irma|avo ~ ${diseases}
    `),
    yieldsTo: ['contatos', 'rede_apoio'],
  },
  medicacoes: {
    asked: phrases(`
      remedio|remedios|remedinho|medicacao|medicacoes|medicamento|medicamentos|medicament*
      comprimido*|pilula*|insulina|bombinha|inalador|xarope|pomada|colirio|antitermico|analgesico*|calmante*|antibiotico*|antialergic*|vitamina*|suplemento*|cha|chas
      anti inflamatorio*
      antiinflamatorio*
      anticoncepcional
      o que ~ toma|tomando|tomou|usa|usando|usou|passou|deu ~
      toma|tomando|tomou|usa|usando|usou|deu ~ algum|alguma|algo|coisa|nada
      faz uso
      em uso
      uso continuo
      prescri*|receita
      que|qual dose
      ${drugs}
    `),
    answered: phrases(`
      tomo|tomei|tomando|toma|tomou|uso|usei|usando|dei|demos|passei|aplico ~ remedio*|comprimido*|medica*|insulina|bombinha|xarope|gotas|mg|miligramas|cha|antibiotico*|anticoncepcional|injecao|analgesico*|vitamina*|pomada|soro
      nao tomo|uso|tomei|usei|dei|demos|toma|tomando|usando ~ nada|nenhum|nenhuma|remedio*|medica*|comprimido*
      nao estou|to|estava ~ tomando|usando ~ nada|nenhum|nenhuma|remedio*|medica*
      cheguei a tomar|usar
      parei|deixei ~ tomar|usar ~ remedio*|medica*|comprimido*
      # ~ miligramas|mg|gotas|ml|comprimido|comprimidos|unidades
      ${drugs}
    `),
    yieldsTo: ['alergias', 'adesao', 'efeitos_adversos'],
  },
  efeitos_adversos: {
    asked: phrases(`
      efeito* colatera*|advers*|indesejad*|ruim|ruins
      reacao|reacoes ~ remedio*|medica*|comprimido*|tratamento
      remedio*|medica*|comprimido*|tratamento ~~ mal|incomod*|reacao|tosse|incha*|tontura|enjoo|diarreia|desconforto|problema
      remedio*|medica*|comprimido*|bombinha|insulina ~ causa|causou|provoca|provocou
      toma*|usa* ~ remedio*|medica*|comprimido* ~~ sente|sentiu|sentindo
      fez|faz|fizeram|passou mal ~
      deu|dando|causou|causando|provocou ~ algum|alguma ~ problema|reacao|alergia|mal
      deu|dando bem com
      se adapt*
      toler*
      tosse|incha*|tontura|fraqueza|enjoo ~ depois|desde ~ remedio*|medica*|comecou
      depois ~ comecou|iniciou|trocou|aumentou ~ remedio*|medica*|dose ~
    `),
    answered: phrases(`
      remedio*|comprimido*|medica*|ele|losartan*|metformin*|enalapril|captopril|anlodipin*|sertralin* ~ deu|da|dava|faz|fez|deixa|causa ~ mal|tontura|tosse|enjoo|diarreia|sono|incha*|fraqueza|dor|reacao|tont*
      me da|deu|dava|faz|fez ~ mal|tontura|tosse|enjoo|diarreia|incha*
      efeito* colatera*|ruim
      passei|passo mal ~ remedio*|tomo|tomei|comprimido*
      me dei|dou bem com
      sem ~ efeito*
    `),
    yieldsTo: ['alergias'],
  },
  adesao: {
    asked: phrases(`
      esquec*
      toma*|usa*|tomado|usado|usando ~~ direitinho|certinho|corretamente|regularmente|direito|certo|rigor
      toma*|usa*|tomando ~~ todo|todos|toda dia|os|noite|manha
      para de tomar|usar
      parou|parar|deixou|deixa|abandonou|interrompeu|suspendeu ~ tomar|usar|remedio*|medica*|tratamento|conta
      pulou|pula|falha|falhou|falhas ~ dose*|dia*|remedio*|comprimido*
      consegue|conseguindo|conseguiu ~ tomar|seguir|usar|fazer ~ remedio*|medica*|tratamento|dieta|recomenda*|dose*|uso
      segue|seguindo|seguiu ~ dieta|tratamento|orientac*|recomenda*
      ader*
      dificuldade* ~ tomar|remedio*|medica*|comprar|tratamento|conseguir
      que horario*|horas ~ toma|usa
      falta* ~ remedio*|medica*|posto|farmacia
    `),
    answered: phrases(`
      esquec*
      tomo|uso|tomando ~ todo|todos|toda ~ dia|dias|noite|manha
      tomo|uso|tomando ~ certinho|direitinho|direito|certo|corretamente|regularmente
      parei|deixei ~ tomar|usar|remedio*|medica*|comprimido*
      parei por conta
      acabou ~ remedio*|medica*|comprimido*|receita
      remedio*|medica* ~ acabou
      nao tenho|venho tomado|tomando
      nao estou|to tomando o|a|os|as|direito|direitinho|certinho|mais
    `),
  },
  alergias: {
    asked: phrases(`
      alergi*
      intoleran*
      reacao ~ alergica
    `),
    answered: phrases(`
      alergi*
      intoleran*
      nao posso|podia|pode tomar|usar|comer ~ penicilina|antibiotico*|anti|dipirona|sulfa|aas|aspirina|iodo|camarao|amendoim|leite|latex
      me da|deu|dava ~ coceira|urticaria|manchas|placas|empolad*
    `),
  },
  habitos: {
    asked: phrases(`
      fuma*|fumou|fumo|fumante
      cigarro*|tabag*|vape|narguile
      bebe|bebendo|beber|bebeu ~ alcool*|cerveja|vinho|cafe|final|fim|semana|frequencia|muito|algo|bebida*
      bebida* ~ alcool*
      bebida alcoolica
      voce|senhor|senhora bebe|bebia
      ja|ainda|costuma bebia|beber
      alcool*|cerveja|cachaca|vinho
      cafe|cafeina|energetico*|refrigerante*
      exercicio*|caminhada*|academia|esporte*|sedentari*|musculacao|pilates
      atividade* fisica*
      alimentacao|alimenta|dieta|comida|sal|fritura*|doce|doces
      o que ~ come|comendo|comeu|costuma
      come ~ muito|bem|verdura*|fruta*|fibra*|sal|gordura
      droga|drogas|maconha|cocaina|substancia*
      trabalha|trabalho|profissao|ocupacao ~ com|que|como|qual|e|esforco|peso|sentad*
      com|em que trabalha
      habito*|rotina
      sol ~ protetor|chapeu
      trabalha|trabalhou|pega|pegou|toma|tomou|expoe|exposicao ~ sol
      protetor solar
      tela|telas|celular|computador
    `),
    answered: phrases(`
      fumo|fumei|fumava|fumante|cigarro*
      nunca fumei|bebi
      nao fumo|bebo|fumava
      parei|deixei|larguei de|o|com? fumar|beber|cigarro|bebida|vicio
      bebo|bebia|bebi ~ cerveja|alcool|cachaca|vinho|social*|final|fim|cafe|pouco|muito|so|bastante|antigamente|antes|demais|nada
      cerveja|cervejinha|cachaca|vinho|bebida|cigarro*
      # ~ xicara*|cafezinho* ~ cafe?
      tomo ~ cafe
      cafe ~ demais|muito
      faco|pratico ~ caminhada|exercicio*|academia|esporte*|atividade|musculacao|pilates|corrida
      caminho|corro ~ #
      academia|caminhada|sedentari*
      como ~ muito|mal|bem|besteira*|fritura*|doce|doces|sal|lanche*|fora
      trabalho ~ com|como|de|sentad*|em
      nao faco ~ exercicio*|atividade
    `),
    yieldsTo: ['hidratacao'],
  },
} satisfies Record<string, TopicWording>;
