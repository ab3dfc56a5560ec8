import { foldedOf, type Token } from '../talk/statement.ts';
import { isNumberWord } from '../text/numbers.ts';

/** First person → third person. Forms that are everyday nouns too are left out or guarded below. */
const verbs: Readonly<Record<string, string>> = {
  tenho: 'tem',
  sinto: 'sente',
  tomo: 'toma',
  uso: 'usa',
  fumo: 'fuma',
  bebo: 'bebe',
  durmo: 'dorme',
  acordo: 'acorda',
  consigo: 'consegue',
  faco: 'faz',
  trabalho: 'trabalha',
  moro: 'mora',
  estou: 'está',
  to: 'está',
  sou: 'é',
  vou: 'vai',
  fico: 'fica',
  ando: 'anda',
  sofro: 'sofre',
  trato: 'trata',
  pratico: 'pratica',
  passo: 'passa',
  meco: 'mede',
  vomito: 'vomita',
  canso: 'cansa',
  esqueco: 'esquece',
  tive: 'teve',
  senti: 'sentiu',
  tomei: 'tomou',
  comecei: 'começou',
  vomitei: 'vomitou',
  cai: 'caiu',
  operei: 'operou',
  fiz: 'fez',
  fui: 'foi',
  fiquei: 'ficou',
  parei: 'parou',
  perdi: 'perdeu',
  dormi: 'dormiu',
  acordei: 'acordou',
  medi: 'mediu',
  usei: 'usou',
  emagreci: 'emagreceu',
  engordei: 'engordou',
  bati: 'bateu',
  torci: 'torceu',
  notei: 'notou',
  percebi: 'percebeu',
  desmaiei: 'desmaiou',
  esqueci: 'esqueceu',
  consegui: 'conseguiu',
  tirei: 'tirou',
  fumava: 'fumava',
  bebia: 'bebia',
  tomava: 'tomava',
  usava: 'usava',
  tinha: 'tinha',
  sentia: 'sentia',
};

/** Nouns too: a verb only when no article, preposition or possessive stands in front. */
const nounsToo = new Set([
  'uso',
  'trabalho',
  'trato',
  'passo',
  'vomito',
  'fumo',
  'ando',
  'to',
  'cai',
]);
const beforeNoun = new Set(
  'o a os as um uma de do da no na em ao com por para pro pra meu minha cada algum este esse'.split(
    ' ',
  ),
);
/** In front of the verb these may stand; anything else there, and the sentence is quoted. */
const beforeVerb = new Set(
  'eu nao nunca so tambem ja sempre ainda geralmente normalmente as vezes hoje ontem'.split(' '),
);
/** Words that cannot be left as they are when the speaker is no longer "eu". */
const stillFirstPerson = new Set(
  'me mim comigo meu meus minha minhas nos nosso nossa nossos nossas gente voce senhor senhora isso disso'.split(
    ' ',
  ),
);
const afterThese = new Set(
  'e que quando se mas nem nao ja so eu sempre tambem nunca porque ou'.split(' '),
);
/** Ends like a verb of the first person and is none. */
const innocent = new Set(
  (
    'aqui ali ai assim oi mui dois depois mais seis nao sao quando tudo nada isto ovo grupo remedio ' +
    'muito pouco tanto quanto cedo pelo outro outro mesmo cinco oito'
  ).split(' '),
);

/** Behind the verb of an answer: what it is about was said in the question. "" is the end. */
const leansOnQuestion = new Set([
  '',
  ...'um uma uns umas so sim mas todo toda todos todas duas dois tres isso as de muito bastante pouco ele ela quando se nada nao ja bem mais sempre desde ha'.split(
    ' ',
  ),
]);

/** Verbs of which one wants to know what. */
const wantsObject = new Set(
  'medi meco tomo tomei tomava uso usei usava faco fiz tirei notei percebi senti sinto tenho tive perdi'.split(
    ' ',
  ),
);
/** Behind such a verb these begin no object: "medi na farmácia" says not what. */
const noObject = new Set(
  'na no nas nos em com pra para por pelo pela ontem anteontem hoje agora antes depois cedo faz quando ano mes semana'.split(
    ' ',
  ),
);

/** Beside "eu" somebody else: "eu tomo antidepressivo, mas ela não" of a companion is not the patient's. */
const somebodyElse = new Set('ele ela eles elas'.split(' '));

/** A sentence that has this in it is unsure of itself, or asks: it is quoted. */
const unsure = new Set('acho parece talvez deve sei sera lembro digo'.split(' '));

/**
 * "Tomo losartana de manhã" → "Toma losartana de manhã." Undefined when any word might still speak of
 * "eu", or when it answers and leaves its object in the question: a sentence that is only half turned round would say something else.
 */
export function inThirdPerson(tokens: readonly Token[], answers: boolean): string | undefined {
  const said = foldedOf(tokens);
  const first = said.findIndex((word, at) => isVerb(said, word, at));
  const object = said.slice(first + 1, first + 3).join(' ');
  const next = said[first + 1] ?? '';
  const leans =
    isNumberWord(next) ||
    leansOnQuestion.has(next) ||
    (wantsObject.has(said[first] ?? '') && noObject.has(next)) ||
    /^[ao]s (?:dois|duas|tres)/.test(object);
  if (answers && (tokens[first]?.endsClause || leans)) {
    return undefined;
  }
  if (first === -1 || !said.slice(0, first).every((word) => beforeVerb.has(word))) return undefined;
  const unclear = [stillFirstPerson, somebodyElse, unsure];
  if (said.some((word) => unclear.some((those) => those.has(word)))) return undefined;
  const turned: string[] = [];
  for (const [at, token] of tokens.entries()) {
    const word = token.folded;
    if (word === 'eu') continue;
    const verb = isVerb(said, word, at) ? verbs[word] : undefined;
    if (verb === undefined && looksFirstPerson(said, at)) return undefined;
    turned.push((verb ?? token.raw) + (token.endsClause ? ',' : ''));
  }
  return asSentence(turned.join(' '));
}

function isVerb(said: readonly string[], word: string, at: number): boolean {
  if (verbs[word] === undefined) return false;
  return !(nounsToo.has(word) && beforeNoun.has(said[at - 1] ?? ''));
}

function looksFirstPerson(said: readonly string[], at: number): boolean {
  const word = said[at] ?? '';
  if (innocent.has(word) || word.length < 3) return false;
  if (/[^aeou]ei$/.test(word) || /[^aeiou]i$/.test(word)) return true;
  return word.endsWith('o') && afterThese.has(said[at - 1] ?? '');
}

/** First letter large, one full stop at the end. */
export function asSentence(text: string): string {
  const trimmed = text.trim().replace(/[\s,;:.!?…–—-]+$/u, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`;
}
