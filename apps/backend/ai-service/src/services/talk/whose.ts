import { findPhrase, phrases, type Span } from '../text/phrase.ts';
import type { Statement } from './statement.ts';

const relatives =
  'pai|mae|pais|irmao|irma|irmaos|irmas|avo|avos|vo|tio|tia|tios|primo|prima|primos|filho|filha|filhos|filhas|neto|neta|sogro|sogra';
const others =
  'marido|esposa|esposo|mulher|namorado|namorada|companheiro|companheira|cunhado|cunhada|vizinho|vizinha|colega|colegas|amigo|amiga|chefe|patrao|patroa|genro|nora|enteado|enteada|padrasto|madrasta|parente|parentes';

/** Words for people around a speaker, as alternatives of a phrase. */
export const persons = `${relatives}|${others}`;

const otherPerson = phrases(`
  meu|minha|meus|minhas|nosso|nossa|nossos|dele|dela ~ ${relatives}|${others}
  um|uma|o|a|os|as|do|da|no|na ${relatives}|${others}
  mae|mainha|painho|papai|mamae tem|teve|tinha|e|era|morreu|faleceu|sofre
  na|da minha? familia
  familia ~ tem|teve|tinha|inteira|toda
  pessoal|gente de|da|do|la|em casa|escola|trabalho|creche|obra|servico
`);

const child = phrases(`
  meu|minha|nosso|nossa|o|a ~ filho|filha|filhinho|filhinha|bebe|nenem|neto|neta|menino|menina|pequeno|pequena|crianca
`);
const kin = phrases(`
  meu|minha|meus|minhas|nosso|nossa ~ ${relatives}
  familia
  mainha|painho|papai|mamae
`);

const personNames = new Set([...persons.split('|'), 'familia']);

const pronouns = new Set(['ele', 'ela', 'eles', 'elas', 'dele', 'dela']);
const firstPerson = new Set(
  (
    'eu me mim comigo meu minha meus minhas tenho tive tinha sou estou to sinto senti tomo tomei uso usei faco fiz ' +
    'fui fiquei fico comecei vomitei'
  ).split(' '),
);

const asides = new Set('da do de das dos com pra para na no pela pelo'.split(' '));

export type Person = 'patient' | 'relative' | 'other';

/**
 * Whom a sentence on the patient's channel is about. With a child as the patient, "minha filha" and
 * "ele" are the patient and "eu" is not.
 */
export function whoseStatement(statement: Statement, patientIsChild: boolean): Person {
  const said = statement.sentence.words;
  if (patientIsChild) {
    if (findPhrase(child, said)) return 'patient';
    if (findPhrase(otherPerson, said)) return findPhrase(kin, said) ? 'relative' : 'other';
    return said.some((word) => word === 'eu' || word === 'tenho' || word === 'sou')
      ? 'other'
      : 'patient';
  }
  const named = findPhrase(otherPerson, said);
  // "Tomei o remédio da minha mãe": she stands in the sentence, it is not about her.
  const aside = named && asides.has(said[named.start - 1] ?? '') && speaksOfSelf(statement);
  if (named && !aside) return findPhrase(kin, said) ? 'relative' : 'other';
  if (aside) return 'patient';
  return said.some((word) => pronouns.has(word)) && !speaksOfSelf(statement) ? 'other' : 'patient';
}

/**
 * True when what stands at `span` is told of somebody else: the sentence has named that person before it
 * and has not come back to the speaker since ("gosto de sal, e minha mulher tem diabetes").
 */
export function isOfAnother(said: readonly string[], span: Span): boolean {
  const named = findPhrase(otherPerson, said);
  if (!named || named.start > span.start || asides.has(said[named.start - 1] ?? '')) return false;
  return !said.slice(named.end, span.end).some((word) => firstPerson.has(word));
}

/** The other person that a sentence names ("minha mãe" → "mae"), folded; undefined when none. */
export function namedPerson(statement: Statement): string | undefined {
  const span = findPhrase(otherPerson, statement.sentence.words);
  return span && statement.tokens.find((token) => personNames.has(token.folded))?.raw.toLowerCase();
}

/** True when the sentence has the speaker in it. */
export function speaksOfSelf(statement: Statement): boolean {
  return statement.sentence.words.some(
    (word) => firstPerson.has(word) || (word.length > 4 && /[^aeou]ei$/.test(word)),
  );
}
