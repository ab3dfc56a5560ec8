/**
 * Parts of names that are also words of any anamnesis ("mancha rosa", "dor nas costas", "fiz cruz").
 * They are masked when they are written as names, or stand beside another part of one.
 */
export const everydayWords: ReadonlySet<string> = new Set(
  `alegria alves amaral amor anjos barros bastos bela belo boa bom branco branca brito campo campos casa castro claro clara
  conceicao costa cruz dores duarte esperanca estrela feliz ferro flor flores fontes forte franco frade gama gato graca
  gracas guerra horta jardim justo lago leal leao leite lima lobo longo lopes luz macedo machado madeira mar marques matos mata melo
  mesquita monte moura natal neves oliveira paiva paz paixao pedra pedras peixoto penha pereira pinheiro pinto pires pontes prado prata preto
  queiroz ramos rangel real reis ribeiro rios rocha rosa rosario sales salles salvador santa santana santo santos serra silva
  sol souto tempo torres vale valente vasco veloso viana vida vieira vila vitoria`.split(/\s+/),
);

/** Words between the parts of a name. */
export const particles: ReadonlySet<string> = new Set(['da', 'de', 'do', 'das', 'dos', 'e']);
