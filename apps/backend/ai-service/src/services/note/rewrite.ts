import { foldedOf, type Statement, type Token } from '../talk/statement.ts';
import { nameFindings, readFindingList } from './finding-list.ts';
import { asSentence, inThirdPerson } from './third-person.ts';

/** Said before and behind what matters; taking them off changes no meaning. */
const openers = new Set(
  'ah oh olha olhe entao bom bem e ai aih doutor doutora dr dra sim nao senhor senhora tipo assim gracas obrigado obrigada'.split(
    ' ',
  ),
);
const closers = new Set('doutor doutora dr dra viu ne sabe senhor senhora ta'.split(' '));

/** The words of a sentence without what only opens and closes it ("Não, doutora, eu não tenho febre"). */
export function coreOf(tokens: readonly Token[]): Token[] {
  let core = [...tokens];
  while (core.length > 1 && core[0]?.endsClause && openers.has(core[0].folded))
    core = core.slice(1);
  while (core.length > 1 && closers.has(core.at(-1)?.folded ?? '')) core = core.slice(0, -1);
  // "Não perdi peso não": the second one only repeats the first.
  const twice = core.filter((token) => token.folded === 'nao').length > 1;
  return twice && core.at(-1)?.folded === 'nao' ? core.slice(0, -1) : core;
}

const having = ['tenho', 'tive', 'sinto', 'senti', 'apresentei', 'notei', 'percebi', 'vi', 'tinha'];
const beingWith = ['estou', 'to', 'estava', 'tava', 'ando', 'fiquei', 'fico'];
const ownDenial = new RegExp(
  `^(?:eu )?(?:nao|nunca) (?:(?:${having.join('|')})(?: tido| sentido)?|(?:${beingWith.join('|')}) com) `,
);
const othersDenial =
  /^(?:ele |ela )?(?:nao|nunca) (?:(?:tem|teve|sente|sentiu|apresentou)(?: tido)?|(?:esta|estava|ficou) com) /;
const ownClaim =
  /^(?:eu )?(?:tambem |so |ja |ainda )?(?:(?:tenho|sinto)(?: tido| sentido)?|(?:estou|to|ando|fico) com) /;
const without = /^(?:sem|nada de) /;
const behindDenial = /^(?:mais|muito|muita|tanto|tanta|so|apenas|como|ideia|certeza|vontade|nem) /;

/**
 * Turns a patient's sentence into one of a note, when its whole form is understood; undefined when not,
 * and then it is quoted. An answer must also make sense without its question. No word comes in that was not said, except "Nega" and "Refere".
 */
export function rewriteStatement(
  statement: Statement,
  { patientIsChild, answers }: { patientIsChild: boolean; answers: boolean },
): string | undefined {
  const core = coreOf(statement.tokens);
  const said = core.map((token) => token.folded).join(' ');
  return (
    denial(core, said, patientIsChild) ??
    deniedBehind(core, said) ??
    (patientIsChild ? undefined : (claim(core, said) ?? inThirdPerson(core, answers)))
  );
}

/** "Não tenho tosse nem febre" → "Nega tosse e febre." */
function denial(core: readonly Token[], said: string, child: boolean): string | undefined {
  const opening = (child ? othersDenial : ownDenial).exec(`${said} `) ?? without.exec(said);
  if (!opening) return undefined;
  const behind = said.slice(opening[0].length);
  if (behindDenial.test(`${behind} `)) return undefined;
  let named = afterWords(core, opening[0]);
  // "Não tenho febre não": the second one only repeats the first.
  if (named.length > 1 && named.at(-1)?.folded === 'nao') named = named.slice(0, -1);
  // "Não tenho alergia a nada" denies the allergy, not the nothing.
  if (named.length > 2 && /^(?:a|de|com|por) nada$/.test(foldedOf(named.slice(-2)).join(' ')))
    named = named.slice(0, -2);
  return negated(named);
}

const trailingDenial =
  /(?:^| )(?:(?:eu )?(?:nao|nunca) (?:tenho|tive|senti|sinto|vi|teve|tem|notei)|nao)(?: nao)?$/;

/** "Febre não tive", "sangue eu não vi, não" → "Nega febre." */
function deniedBehind(core: readonly Token[], said: string): string | undefined {
  const closing = trailingDenial.exec(said);
  if (!closing || closing.index === 0) return undefined;
  const count = said.slice(0, closing.index).split(' ').length;
  const named = core.slice(0, count);
  if (named.some((token) => token.folded === 'nao' || token.folded === 'sim')) return undefined;
  return negated(named);
}

function negated(named: readonly Token[]): string | undefined {
  const list = readFindingList(named);
  return list && asSentence(`Nega ${nameFindings(list)}`);
}

/** "Estou com dor de garganta" → "Refere dor de garganta." */
function claim(core: readonly Token[], said: string): string | undefined {
  const opening = ownClaim.exec(`${said} `);
  if (!opening) return undefined;
  const list = readFindingList(afterWords(core, opening[0]));
  return list && asSentence(`Refere ${nameFindings(list)}`);
}

function afterWords(tokens: readonly Token[], opening: string): Token[] {
  return tokens.slice(opening.trim().split(' ').length);
}

/** The transcript's own words, in quotation marks, without a full stop of their own. */
export function quote(text: string): string {
  const words = text
    .trim()
    .replaceAll('"', "'")
    .replace(/[.,;\s]+$/u, '');
  return `"${words}"`;
}

/** Quotes several sentences as one. */
export function quoteAll(statements: readonly Statement[]): string {
  return quote(statements.map((statement) => statement.raw).join(' '));
}
