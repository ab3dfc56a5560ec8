import { phrases } from '../text/phrase.ts';

/**
 * Words that may make up the name of a complaint or disease in a denial or a statement ("dor de cabeça
 * forte"). A phrase with any other word in it is quoted instead of rewritten: the list errs on the short
 * side on purpose.
 */
const nouns = `
febre febres febrao calafrio calafrios tosse catarro secrecao secrecoes coriza espirro espirros rouquidao ronco
dor dores colica colicas pontada pontadas aperto ardencia ardor queimacao azia coceira formigamento formigamentos
dormencia fraqueza cansaco fadiga tontura tonturas vertigem desmaio desmaios convulsao convulsoes tremor tremores
nausea nauseas enjoo enjoos vomito vomitos diarreia prisao constipacao gases empachamento refluxo engasgo
sangramento sangramentos sangue corrimento corrimentos mancha manchas bolha bolhas ferida feridas lesao lesoes
caroco carocos nodulo nodulos inchaco inchacos edema vermelhidao pus verruga verrugas casca queda quedas
palpitacao palpitacoes falta chiado chiados suor sudorese insonia pesadelo pesadelos ansiedade tristeza
desanimo irritabilidade panico choro esquecimento zumbido zumbidos visao vista
alergia alergias doenca doencas problema problemas hipertensao diabetes diabete asma bronquite rinite sinusite
enxaqueca enxaquecas depressao epilepsia anemia hepatite gastrite ulcera cancer infarto avc derrame trombose
tireoide colesterol calculo calculos hernia artrose artrite reumatismo gota osteoporose glaucoma pneumonia
tuberculose covid dengue infeccao infeccoes cirurgia cirurgias internacao internacoes fratura fraturas
trauma pancada tombo tombos acidente lesao rigidez perda desidratacao ictericia pigarro nariz
sensibilidade escarro hemorroida hemorroidas gravidez aborto abortos herpes candidiase otite amigdalite
`;

const parts = `
cabeca testa nuca pescoco garganta ouvido ouvidos olho olhos nariz boca dente dentes lingua face rosto peito torax
costas coluna lombar barriga estomago abdome abdomen umbigo virilha quadril bacia perna pernas coxa coxas joelho
joelhos panturrilha panturrilhas tornozelo tornozelos pe pes dedo dedos braco bracos ombro ombros cotovelo punho
punhos mao maos pele corpo coracao pulmao pulmoes rim rins figado bexiga urina xixi fezes coco intestino utero
mama mamas seio seios regiao intima vaginal nasal ocular muscular articular articulacao articulacoes
`;

const modifiers = `
lado direito
direita esquerdo esquerda baixo ventre ar apetite peso forca consciencia memoria equilibrio audicao visual dupla
turva embacada entupido
forte fortes leve leves fraca fraco intensa intenso intensos seca seco produtiva alta alto baixa cronica cronico
cronicas grave graves noturno noturna noturnos recente recentes frequente frequentes constante purulento amarelado
amarela amarelo esverdeado branco escuro escura preta pretas vermelha vermelhas liquida vontade previa previo previas
urinar evacuar engolir respirar deitar andar caminhar tossir mastigar menstruar defecar fazer comer
nada familia saude ventre solta preso presa umida
`;

/** What one has an allergy to, takes or eats. */
const things = `
remedio remedios medicamento medicamentos medicacao comida alimento alimentos
`;

const linking = `
de da do das dos na no nas nos em ao a as entre para pra com por o os um uma uns umas algum alguma alguns algumas
nenhum nenhuma qualquer outro outra outros outras
`;

const timing = `
hoje ontem anteontem agora antes semana semanas mes meses dia dias ano anos noite manha tarde hora horas ultimos
ultimas ultimo ultima
`;

const asSet = (text: string) => new Set(text.split(/\s+/).filter((word) => word !== ''));

export const findingNouns = asSet(nouns);
export const namedThings = asSet(things);
export const bodyParts = asSet(parts);
export const findingModifiers = new Set([...bodyParts, ...asSet(modifiers), ...namedThings]);
export const linkingWords = asSet(linking);
export const timeWords = asSet(timing);

/** A state that only sounds like a complaint with more words ("falta de ar", "perda de peso"). */
const needsComplement = new Set(
  'falta perda problema problemas sensibilidade visao vista nariz lesao prisao'.split(' '),
);
const complemented = phrases(`
  falta de ar|apetite|forca|memoria|vontade
  perda de peso|apetite|forca|memoria|consciencia|visao|audicao|equilibrio|urina
  problema|problemas de|no|na|nos|com saude|coracao|pulmao|rim|rins|pele|tireoide|estomago|intestino|figado|coluna|pressao|visao|memoria
  sensibilidade no|na|a
  visao|vista dupla|turva|embacada|escura|fraca
  nariz entupido|entupida
  lesao|lesoes na|no|de
  prisao de ventre
`);

export { complemented, needsComplement };
