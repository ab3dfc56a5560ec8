import { findAll, findPhrase, phrases, type Span } from '../text/phrase.ts';
import type { Sentence } from '../text/sentences.ts';
import { findingNouns } from './finding-words.ts';
import type { Statement, Token } from './statement.ts';

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
const speaking =
  'eu tenho tive sou estou to sinto senti tomo tomei uso usei faco fiz fui fiquei fico comecei vomitei';
const firstPerson = new Set(`${speaking} me mim comigo meu minha meus minhas tinha`.split(' '));
const speaksAs = new Set(speaking.split(' '));

const endearments = new Set('filho filha filhinho filhinha amigo amiga neto neta'.split(' '));
const hails = new Set('ei olha olhe escuta escute'.split(' '));
const calling = new Set([...hails, ...'o oh ah ai entao e mas bom'.split(' ')]);

/**
 * True when the words at `span` call the listener ("Minha filha, tem febre?", "olha, meu filho, eu …")
 * and speak of nobody. Only between pauses, only in a question or where the speaker goes on of himself
 * ("Minha filha, que mora comigo, teve …" does not), and not when somebody else is spoken of too: a relative's illness must not become the patient's.
 */
export function addresses(sentence: Sentence, span: Span): boolean {
  const { clauses, isQuestion, words } = sentence;
  if (!endearments.has(words[span.end - 1] ?? '') || span.end - span.start !== 2) return false;
  const begins =
    clauses.has(span.start) ||
    (calling.has(words[span.start - 1] ?? '') && clauses.has(span.start - 1));
  if (!begins || !(clauses.has(span.end) || span.end === words.length)) return false;
  const rest = [...words.slice(span.end), ...words.slice(0, span.start)];
  if (isQuestion) return !rest.some((word) => pronouns.has(word));
  // "Meu filho, eu levei ele no hospital": the speaker's own doing, and yet the child's illness. Behind "olha" nobody
  // but the listener is meant: "Olha, minha filha, eu reparei nela, mas ela mudou de cor" speaks of a mole.
  const calledOut = hails.has(words[span.start - 1] ?? '');
  if (!calledOut && words.some((word, at) => pronouns.has(word) && !standsForThing(words, at)))
    return false;
  const own = rest.findIndex((word) => speaksAs.has(word) || pastOfSpeaker(word));
  if (own === -1 || takesAlong(rest, own)) return false;
  return span.end === words.length || rest.slice(0, own).every((word) => word === 'nao');
}

const takes = new Set('levei trouxe busquei internei vacinei mediquei'.split(' '));
const ofThings = new Set('um uma o a os as meu minha me'.split(' '));

/** "Meu filho, eu levei no hospital": the child in front is whom he took; "eu levei um tombo" is his own. */
function takesAlong(rest: readonly string[], own: number): boolean {
  const verb = rest[own] === 'eu' ? own + 1 : own;
  return takes.has(rest[verb] ?? '') && !ofThings.has(rest[verb + 1] ?? '');
}

/** Tokens of a statement without "minha filha," in front or ", meu filho" behind that calls the listener. */
export function tokensWithoutAddress({ sentence, tokens }: Statement): Token[] {
  if (withoutAddress(sentence).length === sentence.words.length) return tokens;
  const called = ({ folded }: Token, at: number, among: readonly Token[]) =>
    endearments.has(folded) && possessives.has(among[at - 1]?.folded ?? '');
  if (called(tokens[1] ?? noToken, 1, tokens)) return tokens.slice(2);
  const last = tokens.length - 1;
  return called(tokens[last] ?? noToken, last, tokens) ? tokens.slice(0, -2) : tokens;
}

const possessives = new Set(['meu', 'minha']);
const noToken: Token = { raw: '', folded: '', endsClause: false };

/** Words of a sentence without those by which it calls the listener. */
export function withoutAddress(sentence: Sentence): string[] {
  const calls = findAll(otherPerson, sentence.words).filter((span) => addresses(sentence, span));
  return sentence.words.filter((_, at) => !calls.some(({ start, end }) => at >= start && at < end));
}

/** Where a sentence names another person than speaker and listener. */
function otherNamed(sentence: Sentence): Span | undefined {
  return findAll(otherPerson, sentence.words).find((span) => !addresses(sentence, span));
}

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
    if (otherNamed(statement.sentence)) return findPhrase(kin, said) ? 'relative' : 'other';
    return said.some((word, at) => speaksOfGuardian(word) && !caresFor(said, at))
      ? 'other'
      : 'patient';
  }
  const named = otherNamed(statement.sentence);
  // "Tomei o remédio da minha mãe": she stands in the sentence, it is not about her.
  const aside = named && asides.has(said[named.start - 1] ?? '') && speaksOfSelf(statement);
  if (named && !aside) return findPhrase(kin, said) ? 'relative' : 'other';
  if (aside) return 'patient';
  const spokenOf = said.some((word, at) => pronouns.has(word) && !standsForThing(said, at));
  return spokenOf && !speaksOfSelf(statement) ? 'other' : 'patient';
}

function speaksOfGuardian(word: string): boolean {
  return word === 'eu' || word === 'tenho' || word === 'sou';
}

const betweenVerb = new Set('nao so ja tambem que ate sempre nunca'.split(' '));
/** What a guardian does for the child. */
const caring = new Set(
  (
    'dou dei levo levei trouxe busquei medi coloquei passei pinguei tento tentei ofereco ofereci acordei mando mandei ' +
    'troquei troco limpei aspirei'
  ).split(' '),
);
/** What he sees of it, or thinks. */
const seeing = new Set('percebi percebo notei noto vi vejo acho achei'.split(' '));
/** These say nothing of care unless it is said for whom: "fiz inalação nele", "comecei o antibiótico dela". */
const doing = new Set('fiz faco comecei parei deixo deixei'.split(' '));
/** "Comecei a dar soro", "parei de dar leite". */
const givingVerbs = new Set('dar oferecer levar passar pingar medir colocar'.split(' '));
const forWhom = new Set('ele ela nele nela dele dela'.split(' '));
/** "Passei mal", "medi a minha", "levei um tombo", "acho que estou": his own. */
const ownDoing = phrases(`
  passei mal
  levei um tombo|susto|choque
  levei uma queda|pancada
  dei positivo
  meu|minha|meus|minhas|me|mim|comigo
`);
const ownState = new Set(
  'estou to tou tenho tive sinto senti fiquei fico peguei sou me minha meu'.split(' '),
);

/** "Tudo o que eu dou volta". */
function caresFor(said: readonly string[], at: number): boolean {
  if (said[at] !== 'eu') return false;
  const verb = said.findIndex((word, place) => place > at && !betweenVerb.has(word));
  const [word = '', ...behind] = verb === -1 ? [] : said.slice(verb);
  const forChild = behind.some((one) => forWhom.has(one));
  if (doing.has(word)) return forChild || givingVerbs.has(behind[1] ?? '');
  if (seeing.has(word)) return !behind.some((one) => ownState.has(one));
  return caring.has(word) && (forChild || !findPhrase(ownDoing, [word, ...behind]));
}

/** "Ele fuma": of somebody who is not named, without the speaker in it. */
export function speaksOfThird({ words: said }: Sentence): boolean {
  return (
    said.some((word, at) => pronouns.has(word) && !standsForThing(said, at)) &&
    !said.some(isOfSpeaker)
  );
}

const ofOtherSex = {
  F: phrases(`
    ele|eles que? esta|estava|ta|anda|ficou|fica|estao com|gripad*|resfriad*|doente|internad*|tossindo|vomitando
    ele|eles que? tem|teve|tinha|sofre|sofria|toma|fuma|bebe|operou|morreu|pegou
  `),
  M: phrases(`
    ela|elas que? esta|estava|ta|anda|ficou|fica|estao com|gripad*|resfriad*|doente|internad*|tossindo|vomitando
    ela|elas que? tem|teve|tinha|sofre|sofria|toma|fuma|bebe|operou|morreu|pegou
  `),
};

/** "Ele está gripado" of a woman's consultation, whoever he is: what stands behind it is his. */
export function isOfOtherSex(
  { words: said }: Sentence,
  { end }: Pick<Span, 'end'>,
  sex: 'F' | 'M' | undefined,
): boolean {
  const spoken = sex && findPhrase(ofOtherSex[sex], said);
  if (!spoken || spoken.start >= end || standsForThing(said, spoken.start)) return false;
  return !said.slice(spoken.end, end).some((word) => firstPerson.has(word));
}

/** "Por causa da minha diabetes", "eu tomo insulina": the last person in front of it is the speaker. */
export function isOfSpeakerHimself({ words: said }: Sentence, { end }: Pick<Span, 'end'>): boolean {
  const person = said
    .slice(0, end)
    .findLast(
      (word, at) =>
        pronouns.has(word) || (firstPerson.has(word) && !personNames.has(said[at + 1] ?? '')),
    );
  return person !== undefined && !pronouns.has(person);
}

const genders = [
  { pronouns: ['ela', 'elas'], articles: 'uma umas a as essa esta minha aquela'.split(' ') },
  { pronouns: ['ele', 'eles'], articles: 'um uns o os esse este meu aquele'.split(' ') },
];
/** Beside the nouns of findings: what grows on a body. */
const growths = new Set('pinta pintas espinha espinhas ingua inguas cisto cistos'.split(' '));

/**
 * "Apareceu uma pinta e ela está crescendo", "a dor, ela aperta": stands for what was just named. "Uma
 * moça" is no thing, and whose something is ("a asma dela") never is.
 */
function standsForThing(said: readonly string[], pronoun: number): boolean {
  const gender = genders.find(({ pronouns: own }) => own.includes(said[pronoun] ?? ''));
  if (!gender) return false;
  return said.slice(0, pronoun).some((word, at) => {
    const noun = said[at + 1] ?? '';
    return gender.articles.includes(word) && (findingNouns.has(noun) || growths.has(noun));
  });
}

/**
 * True when what stands at `span` is told of somebody else: the sentence has named that person before it
 * and has not come back to the speaker since ("gosto de sal, e minha mulher tem diabetes").
 */
export function isOfAnother(sentence: Sentence, span: Span): boolean {
  const said = sentence.words;
  const named = otherNamed(sentence);
  if (!named || named.start > span.start || asides.has(said[named.start - 1] ?? '')) return false;
  return !said.slice(named.end, span.end).some((word) => firstPerson.has(word));
}

/** The other person that a sentence names ("minha mãe" → "mae"), folded; undefined when none. */
export function namedPerson(statement: Statement): string | undefined {
  const span = otherNamed(statement.sentence);
  return span && statement.tokens.find((token) => personNames.has(token.folded))?.raw.toLowerCase();
}

/** True when the sentence has the speaker in it. */
export function speaksOfSelf(statement: Statement): boolean {
  return statement.sentence.words.some(isOfSpeaker);
}

function isOfSpeaker(word: string): boolean {
  return firstPerson.has(word) || pastOfSpeaker(word);
}

function pastOfSpeaker(word: string): boolean {
  return word.length > 4 && /[^aeou]ei$/.test(word);
}
