import { holdsForAll } from '../talk/alternative-question.ts';
import type { Statement, Token } from '../talk/statement.ts';
import { tokensWithoutAddress } from '../talk/whose.ts';
import type { Answer } from '../talk/yes-no.ts';
import { nameFindings, readFindingList } from './finding-list.ts';
import { asSentence } from './third-person.ts';

const openers = new Set(
  'e mas ah ok certo entendi entao bom bem sim perfeito agora alem tambem hum ai muito'.split(' '),
);
const subject = /^(?:(?:o senhor|a senhora|voce|vc|ele|ela|o paciente|a crianca) )?(?:ja )?/;
const having =
  /^(?:tem|teve|tinha|sente|sentiu|apresentou|apresenta|notou|percebeu|houve|ha|existe|(?:esta|estava|ta|ficou|anda) com)(?: tido| sentido)? /;
const anything = /^(?:algum|alguma|alguns|algumas) /;

/** Verbs whose question, with "não" in front, is the answer: "Fuma?" → "Não fuma." */
const predicates =
  /^(?:fuma|bebe|toma|usa|vomitou|desmaiou|caiu|faz|fez|tem|teve|sente|sentiu|consegue|dorme|mora|passa|coca|arde|doi|piora|melhora|bateu|torceu|viajou|emagreceu|engordou|perdeu|ganhou|operou|esta|ficou|tomou|usou|mediu|notou|percebeu|urinou|evacuou|mamou|acorda|trabalha|pratica)\b/;

/** Words that point to something outside of the question, or hold two sides of it. */
const notAlone = new Set(
  'nao isso assim seu sua seus suas te lhe qual quais quando onde quanto quantos quantas como que quem porque ne alguem disso nisso mesmo'.split(
    ' ',
  ),
);

/**
 * What a bare "sim" or "não" to this question says, as a sentence of a note. Undefined when the answer
 * leaves open what is meant ("tem náusea ou vômito?" – "sim"): then both are quoted.
 */
export function answeredQuestion(question: Statement, answer: Answer): string | undefined {
  const core = afterOpeners(tokensWithoutAddress(question));
  if (!holdsForAll(core, answer)) return undefined;
  const said = core.map((token) => token.folded).join(' ');
  const from = subject.exec(said)?.[0] ?? '';
  const rest = said.slice(from.length);
  return asFindings(core, from, rest, answer) ?? asPredicate(core.slice(count(from)), rest, answer);
}

function asFindings(
  core: readonly Token[],
  from: string,
  rest: string,
  answer: Answer,
): string | undefined {
  const opening = having.exec(rest)?.[0] ?? (anything.test(rest) ? '' : undefined);
  if (opening === undefined) return undefined;
  const list = readFindingList(core.slice(count(from) + count(opening)));
  if (!list) return undefined;
  if (answer === 'no') return asSentence(`Nega ${nameFindings(list)}`);
  return list.items.length === 1 ? asSentence(`Refere ${nameFindings(list)}`) : undefined;
}

function asPredicate(tokens: readonly Token[], rest: string, answer: Answer): string | undefined {
  if (!predicates.test(rest)) return undefined;
  if (rest.split(' ').some((word) => notAlone.has(word))) return undefined;
  const words = tokens.map((token) => `${token.raw}${token.endsClause ? ',' : ''}`).join(' ');
  if (answer === 'yes') {
    return /\balgu[nm]/.test(rest) || words.includes(',') ? undefined : asSentence(words);
  }
  if (words.includes(',')) return undefined;
  // Both sides are denied: "Fuma ou bebe?" – "Não." is "Não fuma nem bebe."
  const denied = words.replace(/\balgum(a?)\b/g, 'nenhum$1').replace(/ ou /g, ' nem ');
  return /\balgu[nm]/.test(denied.toLowerCase())
    ? undefined
    : asSentence(`Não ${denied.charAt(0).toLowerCase()}${denied.slice(1)}`);
}

function afterOpeners(tokens: readonly Token[]): Token[] {
  let core = [...tokens];
  while (core.length > 1 && openers.has(core[0]?.folded ?? '')) core = core.slice(1);
  return core;
}

function count(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(' ').length;
}
