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
  vou|vamos|deixa|deixe|posso ~ examinar|olhar|ver|ouvir|escutar|auscultar|palpar|medir
`);
const examinesNow = phrases(`
  vou|vamos|deixa|deixe ~ examinar|ouvir|escutar|auscultar|palpar|medir|olhar
`);
const intends = phrases(`
  pedir|solicitar|receitar|prescrever|passar|encaminhar|iniciar|comecar|manter|aumentar|ajustar|trocar|suspender|marcar|voltar|retornar|repetir|todo|toda|todos|todas|cada
`);
/** True when the doctor begins to examine: what he tells from then on may be what he sees. */
export function beginsToExamine({ words }: Sentence): boolean {
  return findPhrase(examines, words) !== undefined;
}

/** "Vou escutar o pulmão": done at once, no plan. */
export function onlyExamines({ words }: Sentence): boolean {
  return findPhrase(examinesNow, words) !== undefined && findPhrase(intends, words) === undefined;
}

/** True when the doctor says aloud what he has examined or measured. */
export function tellsFinding(sentence: Sentence, examining: boolean): boolean {
  if (sentence.isAdvice || findPhrase(notYet, sentence.words)) return false;
  return findPhrase(examined, sentence.words) !== undefined || (examining && describes(sentence));
}

/** "A lesão tem bordas irregulares", "ela está aumentada, sem nódulos": begins as what is seen is told. */
const pointing = new Set(
  'a o as os sua seu suas seus essa esse aqui tem ha vejo noto ela ele esta estao'.split(' '),
);
const leastDescribed = 4;

/** A sentence without a mark that tells of a part of the body or of a finding. */
export function describes({ hasMark, words }: Sentence): boolean {
  if (hasMark || words.length < leastDescribed || !pointing.has(words[0] ?? '')) return false;
  return words.slice(1).some((word) => findingNouns.has(word) || findingModifiers.has(word));
}
