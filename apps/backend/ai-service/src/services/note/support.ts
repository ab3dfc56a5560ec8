import { normalise } from '@medcall/utils/eval/normalise';
import type { Expander } from '../knowledge/synonyms.ts';
import { holdsForAll } from '../talk/alternative-question.ts';
import { findingNouns } from '../talk/finding-words.ts';
import { statementsOf, type Token } from '../talk/statement.ts';
import { whoseStatement } from '../talk/whose.ts';
import { isBareAnswer, leadingAnswer, plainAnswer } from '../talk/yes-no.ts';
import { words } from '../text/fold.ts';
import { isNegatedBefore } from '../text/negation.ts';
import { type Sentence, sentences } from '../text/sentences.ts';
import type { Utterance } from '../utterance.ts';
import type { DraftSentence } from './draft-sentence.ts';
import { type Ungenerated, whyUngenerated } from './generated-support.ts';

/** Why a sentence is not written. */
export type Unsupported =
  | 'no_utterance'
  | 'unknown_utterance'
  | 'number'
  | 'drug'
  | 'polarity'
  | 'unanswered'
  | 'somebody_else'
  | 'words'
  | 'bare_answer'
  | Ungenerated;

export interface SupportRules {
  /** Folded names of medicines, one word each. */
  drugs: ReadonlySet<string>;
  /** Clinical words for lay expressions: "dor de cabeça" supports "cefaleia". */
  expand: Expander;
  patientIsChild: boolean;
  /** The text was generated, not taken over. */
  generated?: boolean;
}

/**
 * Checks a sentence of a draft against the utterances that it names: they exist, its figures and
 * medicines stand in them, what is denied there is denied here, an illness of somebody else is not the
 * patient's, and its words come from them.
 * @returns why the sentence is not supported, or undefined when it is
 */
export function whyUnsupported(
  sentence: DraftSentence,
  utterances: ReadonlyMap<string, Utterance>,
  rules: SupportRules,
): Unsupported | undefined {
  if (sentence.transcriptionIds.length === 0) return 'no_utterance';
  const cited = sentence.transcriptionIds.flatMap((id) => utterances.get(id) ?? []);
  if (cited.length !== sentence.transcriptionIds.length) return 'unknown_utterance';
  const said = cited.map((utterance) => utterance.text).join(' . ');
  if (!isWithin(figures(sentence.text), figures(said))) return 'number';
  const saidWords = words(said);
  if (!isWithin(named(sentence.text, rules.drugs), new Set(saidWords))) return 'drug';
  // What stands in quotation marks is the transcript's own; what is claimed is the rest.
  const claim = sentence.text.replace(/"[^"]*"/g, ' ');
  if (!quotesAreExact(sentence.text, cited)) return 'words';
  if (saysNothing(sentence.text)) return 'bare_answer';
  const conflict = conflictWith(claim, cited);
  if (conflict) return conflict;
  if (takesOver(claim, cited, rules)) return 'somebody_else';
  if (!isWorded(claim, new Set([...saidWords, ...rules.expand(saidWords).keys()]))) return 'words';
  return rules.generated ? whyUngenerated(sentence, utterances, rules.expand) : undefined;
}

/** Figures and their units, in one spelling: "cinquenta miligramas" and "50 mg" are the same. */
function figures(text: string): Set<string> {
  return new Set(normalise(text).filter((word) => /\d/.test(word)));
}

function named(text: string, drugs: ReadonlySet<string>): Set<string> {
  return new Set(words(text).filter((word) => drugs.has(word)));
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((word) => whole.has(word));
}

function quotesAreExact(text: string, cited: readonly Utterance[]): boolean {
  const sources = cited.map((utterance) => words(utterance.text).join(' '));
  const whole = sources.join(' ');
  return [...text.matchAll(/"([^"]*)"/g)].every(([, quoted = '']) => {
    const inOne = words(quoted).join(' ');
    return whole.includes(inOne) || coveredInOrder(words(quoted), words(whole));
  });
}

/** A quotation may leave out sentences of the utterance (a greeting), not put any in. */
function coveredInOrder(quoted: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const word of quoted) {
    at = whole.indexOf(word, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

type Polarity = 'affirmed' | 'denied';

/** Complaints and diseases in a text, with what is said of them. */
function polarities(sentence: Pick<Sentence, 'words' | 'clauses'>): Map<string, Set<Polarity>> {
  const found = new Map<string, Set<Polarity>>();
  const denial = sentence.words.findIndex((word) => word === 'nega' || word === 'sem');
  const postposed = sentence.words.at(-1) === 'nao' || sentence.words.at(-2) === 'nao';
  sentence.words.forEach((word, at) => {
    if (!findingNouns.has(word)) return;
    const reach = denial !== -1 && at > denial;
    const denied =
      reach ||
      postposed ||
      isNegatedBefore(sentence, { start: at, end: at + 1 }) ||
      listedAfterNo(sentence.words, at);
    found.set(word, (found.get(word) ?? new Set()).add(denied ? 'denied' : 'affirmed'));
  });
  return found;
}

const listBreakers = new Set(['mas', 'porem', 'so', 'apenas', 'tenho', 'tem', 'estou', 'esta']);

/** "Não tenho febre, tosse nem dor": the denial goes on through the list. */
function listedAfterNo(said: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const word = said[before] ?? '';
    if (listBreakers.has(word) && said[before - 1] !== 'nao') return false;
    if (word === 'nao' || word === 'nem' || word === 'nunca') return true;
  }
  return false;
}

interface Evidence {
  said: Map<string, Set<Polarity>>;
  /** Asked about, and no cited answer says yes or no. */
  asked: Set<string>;
}

/** What the cited utterances say of each complaint; a question says nothing until it is answered. */
function evidence(cited: readonly Utterance[]): Evidence {
  const found = new Map<string, Set<Polarity>>();
  const add = (word: string, polarity: Polarity) =>
    found.set(word, (found.get(word) ?? new Set()).add(polarity));
  let asked: string[] = [];
  const open = new Set<string>();
  let question: readonly Token[] = [];
  for (const utterance of cited) {
    for (const statement of statementsOf(utterance)) {
      if (statement.speaker === 'MEDICO' && statement.sentence.isQuestion) {
        question = statement.tokens;
        asked.push(...statement.sentence.words.filter((word) => findingNouns.has(word)));
        continue;
      }
      const { tokens } = statement;
      const answer = plainAnswer(tokens, question) ?? leadingAnswer(tokens, question)?.answer;
      if (answer) {
        const settled = holdsForAll(question, answer);
        for (const word of asked) {
          if (settled) add(word, answer === 'no' ? 'denied' : 'affirmed');
          else open.add(word);
        }
        asked = [];
      }
      for (const [word, sides] of polarities(statement.sentence)) {
        for (const side of sides) add(word, side);
      }
    }
  }
  return { said: found, asked: new Set([...open, ...asked]) };
}

function conflictWith(
  claim: string,
  cited: readonly Utterance[],
): 'polarity' | 'unanswered' | undefined {
  const known = evidence(cited);
  const claimed = sentences(claim).flatMap((sentence) => [...polarities(sentence)]);
  // A clinical word for a lay one is not found as such: the check of words decides.
  const against = claimed.some(([word, sides]) => {
    const there = known.said.get(word);
    return there !== undefined && [...sides].some((side) => !there.has(side));
  });
  if (against) return 'polarity';
  const open = claimed.some(([word]) => !known.said.has(word) && known.asked.has(word));
  return open ? 'unanswered' : undefined;
}

const relations =
  /\b(?:pai|mae|irmao|irma|avo|tio|tia|primo|prima|filho|filha|familia|familiar(?:es)?|parente|marido|esposa|companheir|namorad|vizinh|colega|amig|outra pessoa|contato)/;

/** True when all that is cited is about somebody else and the sentence does not say so. */
function takesOver(claim: string, cited: readonly Utterance[], rules: SupportRules): boolean {
  const own = claim.trim() !== '' && polaritiesOf(claim);
  if (!own || relations.test(words(claim).join(' '))) return false;
  const told = cited
    .filter((utterance) => utterance.speaker === 'PACIENTE')
    .flatMap(statementsOf)
    .filter(({ sentence }) => sentence.words.some((word) => findingNouns.has(word)));
  return (
    told.length > 0 &&
    told.every((statement) => whoseStatement(statement, rules.patientIsChild) !== 'patient')
  );
}

function polaritiesOf(text: string): boolean {
  return words(text).some((word) => findingNouns.has(word));
}

/** Relata: "é", Sim, doutor: an answer of which nobody can tell what was asked. */
function saysNothing(text: string): boolean {
  return isBareAnswer(words(text).filter((word) => !reporting.has(word)));
}

const reporting = new Set(
  'paciente acompanhante relata refere nega informa responde respondeu diz disse afirma confirma concorda fala sem autor identificado sobre outra pessoa pergunta resposta'.split(
    ' ',
  ),
);

/** Words that a note is made of and that nobody has to say. */
const frame = new Set(
  (
    'nega refere relata paciente queixa principal acompanhante pergunta resposta dito pelo medico orientacao impressao ' +
    'dita fala autor identificado sobre outra pessoa historia familiar antecedentes pessoais medicacoes uso inicio duracao frequencia ' +
    'localizacao carater intensidade fatores piora melhora alergia alergias habitos evolui quadro apresenta associado ' +
    'associada associados sintomas ha desde com cerca aproximadamente conforme segundo informa relatou referiu negou ' +
    'plano orientado orientada solicitado solicitada prescrito prescrita'
  ).split(' '),
);
const leastShared = 0.6;

/** Most content words of a claim must have been said, as they are or as a synonym or another form. */
function isWorded(claim: string, said: ReadonlySet<string>): boolean {
  const content = words(claim).filter(
    (word) => word.length > 3 && !frame.has(word) && !/\d/.test(word),
  );
  if (content.length === 0) return true;
  const shared = content.filter(
    (word) => said.has(word) || [...said].some((other) => sameRoot(word, other)),
  );
  return shared.length / content.length >= leastShared;
}

/** Two forms of one word begin alike and differ in their last few letters ("perdi", "perdeu"). */
function sameRoot(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 3) return false;
  const root = Math.max(3, shorter - 2);
  return a.slice(0, root) === b.slice(0, root) && Math.abs(a.length - b.length) <= 4;
}
