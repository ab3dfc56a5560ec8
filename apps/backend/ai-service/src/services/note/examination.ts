import { findingModifiers, findingNouns } from '../talk/finding-words.ts';
import { findPhrase, phrases } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';

const examined = phrases(`
  pressao ~ # por|com|e|x #
  # por|x #
  pressao arterial? esta|deu|ficou|normal|alta|boa
  saturacao|saturando|oximetria
  temperatura ~ #|esta|deu|normal
  frequencia cardiaca|respiratoria
  batimentos ~ #|por
  ausculta
  pulmao|pulmoes|coracao|abdome|abdomen|barriga|garganta|ouvido|timpano|pele|olho|olhos ~ mole|limp*|livre*|normal|normais|vermelh*|inflamad*|hiperemiad*|inchad*|flacid*|palido|corad*|doloros*
  estou|to vendo|escutando|ouvindo|palpando|examinando ~
  no|ao exame ~
  exame|exames|glicada|glicemia|hemograma|colesterol|creatinina|tsh ~ deu|veio|vieram|mostr*|normal|alterad*|#
  peso ~ # quilos|kg
  imc
  # centimetros|quilos|kg|graus|batimentos|bpm|porcento
  altura uterina
`);
/** What will be done, or would be if: no finding. */
const notYet = phrases(`
  vou|vamos|deixa|preciso|precisamos|queria|quero
  se|caso|quando|talvez
`);
const examines = phrases(`
  vou|vamos|deixa|deixe|posso ~ examinar|auscultar|palpar|medir
`);
/** "Vamos ver", "deixa eu ouvir" begin many a sentence: what is looked at must be part of a body. */
const looks = phrases(`
  vou|vamos|deixa|deixe|posso ~ ver|olhar|ouvir|escutar
`);
const bodyPart = phrases(`
  o|a|os|as|esse|essa|esses|essas|seu|sua|seus|suas|no|na|nos|nas|do|da cabeca|testa|nuca|pescoco|garganta|ouvido|ouvidos|olho|olhos|nariz|boca|dente|dentes|lingua|face|rosto|peito|torax|costas|coluna|lombar|barriga|estomago|abdome|abdomen|umbigo|virilha|quadril|perna|pernas|coxa|coxas|joelho|joelhos|panturrilha|panturrilhas|tornozelo|tornozelos|pe|pes|dedo|dedos|braco|bracos|ombro|ombros|cotovelo|punho|mao|maos|pele|corpo|coracao|pulmao|pulmoes|figado|tireoide|mama|mamas|unha|unhas|pinta|mancha|lesao|ferida|cicatriz
`);
const examinesNow = phrases(`
  vou|vamos|deixa|deixe eu? lhe|te? examinar|ouvir|escutar|auscultar|palpar|medir|olhar
`);
const examining = new Set('examinar ouvir escutar auscultar palpar medir olhar'.split(' '));
const intends = phrases(`
  pedir|solicitar|receitar|prescrever|passar|encaminhar|iniciar|comecar|manter|aumentar|ajustar|trocar|suspender|marcar|voltar|retornar|repetir|todo|toda|todos|todas|cada|amanha|depois|proxima|proximo
`);
const leaves = new Set('bom bem entao agora esta ta certo ok pronto tudo pode ser'.split(' '));
const longestPart = 6;
const longestObject = 3;

/**
 * True when the doctor begins to examine: what he tells from then on may be what he sees.
 * @param next the sentence behind it: "Deixa eu ver. O pé tem …" names the part only there
 */
export function beginsToExamine({ words }: Sentence, next?: Sentence): boolean {
  if (findPhrase(examines, words)) return true;
  const look = findPhrase(looks, words);
  if (!look) return false;
  if (findPhrase(bodyPart, words.slice(look.end))) return true;
  const goesOn = next && !next.hasMark && look.end === words.length;
  return goesOn === true && findPhrase(bodyPart, next.words)?.start === 0;
}

/**
 * "Vou escutar o pulmão": done at once, no plan. What else the sentence says may be one: "… e depois
 * peço um raio-X" is not only this.
 */
export function onlyExamines({ words, clauses }: Sentence): boolean {
  if (!findPhrase(examinesNow, words) || findPhrase(intends, words)) return false;
  return partsOf(words, clauses).every((part) => {
    if (part.every((word) => leaves.has(word))) return true;
    if (part.length > longestPart) return false;
    if (findPhrase(examinesNow, part) || examining.has(part[0] ?? '')) return true;
    return part.length <= longestObject && findPhrase(bodyPart, part)?.start === 0;
  });
}

/** Words between commas and between "e". */
function partsOf(words: readonly string[], clauses: ReadonlySet<number>): string[][] {
  const parts: string[][] = [[]];
  for (const [at, word] of words.entries()) {
    if (clauses.has(at) || word === 'e') parts.push([]);
    if (word !== 'e') parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** True when the doctor says aloud what he has examined or measured. */
export function tellsFinding(sentence: Sentence, examining: boolean): boolean {
  if (sentence.isAdvice || findPhrase(notYet, sentence.words)) return false;
  return findPhrase(examined, sentence.words) !== undefined || (examining && describes(sentence));
}

/** "A lesão tem bordas irregulares", "ela está aumentada, sem nódulos": begins as what is seen is told. */
const pointing = new Set(
  'a o as os sua seu suas seus essa esse aqui ha vejo noto ela ele esta estao'.split(' '),
);
const leastDescribed = 4;
const listener = new Set(['senhor', 'senhora', 'senhores', 'senhoras', 'voce']);
/** What is seen is seen now: "as pernas incham no fim do dia" is asked. */
const atTimes = new Set('dia dias noite noites manha tarde semana sempre quando vezes'.split(' '));

/** A sentence without a mark that tells of a part of the body or of a finding. */
export function describes({ hasMark, words }: Sentence): boolean {
  if (hasMark || words.length < leastDescribed || !pointing.has(words[0] ?? '')) return false;
  if (listener.has(words[1] ?? '') || words.some((word) => atTimes.has(word))) return false;
  return words.slice(1).some((word) => findingNouns.has(word) || findingModifiers.has(word));
}
