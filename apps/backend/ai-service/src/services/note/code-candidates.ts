import type { CodeCandidate, CodeCandidates } from '@medcall/shared-types/code-candidates';
import type { Complaint } from '../../bank/complaint.ts';
import { termsIn } from '../../bank/complaint-terms.ts';
import type { GuidelineHead } from '../guidelines/corpus.ts';
import type { Expander } from '../knowledge/synonyms.ts';
import type { ActiveComplaint } from '../questions/detect-complaints.ts';
import { companionSpeaks } from '../talk/companion.ts';
import { findingNouns } from '../talk/finding-words.ts';
import { type Statement, statementsOf } from '../talk/statement.ts';
import { isOfOtherSex, speaksOfSelf, whoseStatement } from '../talk/whose.ts';
import { isNegatedBefore, isNegatedBehind } from '../text/negation.ts';
import { findAll, findPhrase, phrases } from '../text/phrase.ts';
import type { Utterance } from '../utterance.ts';
import { type CodeTable, titleOf } from './code-table.ts';

export interface CodeTables {
  cid10: CodeTable;
  ciap2: CodeTable;
}

export interface CodingInput {
  utterances: readonly Utterance[];
  complaints: readonly ActiveComplaint[];
  patientIsChild: boolean;
  /** Unknown excludes no code. */
  sex?: 'F' | 'M' | undefined;
  /** Head of the guideline that a complaint rests on: it names the codes of its subject. */
  guideline: (id: string) => GuidelineHead | undefined;
  tables: CodeTables;
  expand: Expander;
}

const most = 6;
const ofComplaint = 3;
/** A title must be said almost whole: "fratura do fêmur" is not offered for "fratura". */
const leastSaid = 0.8;

/** Codes that may fit what was said of the patient himself and not denied. None is chosen. */
export function codeCandidates(input: CodingInput): CodeCandidates {
  const companion = !input.patientIsChild && companionSpeaks(input.utterances);
  const told = input.utterances
    .flatMap(statementsOf)
    .filter((statement) => isOwn(statement, input, companion));
  // A companion's "ele" and "ela" are the patient.
  const read = companion ? { ...input, sex: undefined } : input;
  const of = (kind: 'cid10' | 'ciap2') => {
    const table = input.tables[kind];
    const found = [...byTitle(told, table, read), ...byComplaint(told, table, kind, read)].filter(
      ({ code }) =>
        !(kind === 'cid10' && externalCause.test(code)) &&
        !(input.patientIsChild && ofPregnancy[kind].test(code)) &&
        !ofOtherSex[kind][input.sex ?? '']?.test(code),
    );
    return { version: table.version, items: merged(found).slice(0, most) };
  };
  return { cid10: of('cid10'), ciap2: of('ciap2') };
}

/** Chapter XX of ICD-10 goes beside the code of an injury: "jato fraco" is no exposure to a jet. */
const externalCause = /^[V-Y]/;

/**
 * Codes of conditions that only the other sex can have: CIAP-2's chapters W, X and Y, and the larger blocks of the list
 * in volume 2 of ICD-10 (conditions limited to one sex).
 */
const ofOtherSex: Record<'cid10' | 'ciap2', Record<string, RegExp | undefined>> = {
  cid10: {
    M: /^(?:O|C5[1-8]|D06|D2[5-8]|E28|F53|N[78]|N9[0-8]|Z3[2-69])/,
    F: /^(?:C6[0-3]|D29|D40|E29|N4|N5[01])/,
  },
  ciap2: { M: /^[WX]/, F: /^Y/ },
};

/** "Como foi a gravidez?" beside a child is its mother's. */
const ofPregnancy = { cid10: /^(?:O|Z3[2-9])/, ciap2: /^W/ };

/** "Sulfa me dá coceira": what it did once, not what is there. */
const reaction = phrases(`
  me da|deu|dava ~ coceira|urticaria|manchas|placas|empol*
`);

/** "Tive um aborto no ano passado": history, not what is coded today. */
const longOver = phrases(`
  tive|teve|tinha|fiz|sofri ~~ ano|anos passado|atras
  tive|teve|sofri|tomei|usei ~~ ha|faz ~ # anos
  tive|teve|tinha ~~ crianca|infancia|antigamente
  uma|duas|tres vez|vezes ~ com|aos # ano|anos|mes|meses
`);

/** What the patient says of himself, and what the doctor says without asking or ordering. */
function isOwn(statement: Statement, input: CodingInput, companion: boolean): boolean {
  const { sentence, speaker } = statement;
  if (sentence.hasMark || sentence.isAdvice) return false;
  if (findPhrase(longOver, sentence.words) || findPhrase(reaction, sentence.words)) return false;
  if (speaker === 'MEDICO') return !sentence.isQuestion && !sentence.words.includes('se');
  if (companion && speaksOfSelf(statement)) return false;
  // Of a grown patient a companion speaks as a guardian does of a child.
  const spokenFor = input.patientIsChild || companion;
  return speaker === 'PACIENTE' && whoseStatement(statement, spokenFor) === 'patient';
}

function byTitle(
  told: readonly Statement[],
  table: CodeTable,
  { expand, sex }: CodingInput,
): CodeCandidate[] {
  const said = new Map<string, string[]>();
  for (const statement of told) {
    const affirmed = affirmedWords(statement, sex);
    for (const word of new Set([...affirmed, ...expand(affirmed).keys()].map(stem))) {
      said.set(word, [...(said.get(word) ?? []), statement.utteranceId]);
    }
  }
  return [...table.byCode.values()]
    .flatMap((title) => {
      if (
        title.words.length === 0 ||
        !title.words.some((word) => findingNouns.has(word) || word.length > 6)
      ) {
        return [];
      }
      const weight = (word: string) => 1 / Math.log(2 + (table.frequency.get(word) ?? 1));
      const whole = title.words.reduce((sum, word) => sum + weight(word), 0);
      const hits = title.words.filter((word) => said.has(stem(word)));
      const share = hits.reduce((sum, word) => sum + weight(word), 0) / whole;
      if (share < leastSaid) return [];
      const ids = [...new Set(hits.flatMap((word) => said.get(stem(word)) ?? []))];
      return [{ candidate: candidateOf(title, ids), score: share * hits.length }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate);
}

/** Of a medicine, in the plural: "dezesseis gotas". */
const notAnIllness = new Set(['gotas']);

/** "O remédio da tireoide" names no illness of it. */
const namesMedicine = phrases(`
  remedio|remedios|comprimido|comprimidos|medicacao|vacina|exame|exames da|do|de|para|pra|pro a|o?
`);

/** Words that are not denied: in a sentence with "não", only those far from it count. */
function affirmedWords({ sentence }: Statement, sex: CodingInput['sex']): string[] {
  // "Febre não tive": a denial at the end reaches back.
  if (sentence.words.slice(-3).includes('nao')) return [];
  const names = findAll(namesMedicine, sentence.words).map(({ end }) => ({
    start: end,
    end: end + 1,
  }));
  return sentence.words.filter(
    (word, at) =>
      !notAnIllness.has(word) &&
      !isOfOtherSex(sentence, { end: at + 1 }, sex) &&
      !names.some(({ start, end }) => at >= start && at < end) &&
      // "Pré-eclâmpsia" is what comes before one.
      sentence.words[at - 1] !== 'pre' &&
      !isNegatedBefore(sentence, { start: at, end: at + 1 }) &&
      !isNegatedBehind(sentence, { end: at + 1 }),
  );
}

function byComplaint(
  told: readonly Statement[],
  table: CodeTable,
  kind: 'cid10' | 'ciap2',
  input: CodingInput,
): CodeCandidate[] {
  const exact = input.complaints.some(({ complaint }) => !complaint.vague);
  return input.complaints.flatMap(({ complaint }) => {
    // Beside what is known exactly, "no disease" and "cause unknown" are wrong.
    if (complaint.vague && exact) return [];
    const ids = mentions(told, complaint, input.sex);
    const head = input.guideline(complaint.guideline);
    if (!head || ids.length === 0) return [];
    return head[kind]
      .flatMap((code) => titleOf(table, code) ?? [])
      .slice(0, ofComplaint)
      .map((title) => candidateOf(title, ids));
  });
}

function mentions(
  told: readonly Statement[],
  complaint: Complaint,
  sex: CodingInput['sex'],
): string[] {
  const ids = told.flatMap(({ sentence, utteranceId }) => {
    const [span] = termsIn(complaint, sentence);
    if (!span || isNegatedBefore(sentence, span) || isOfOtherSex(sentence, span, sex)) return [];
    return [utteranceId];
  });
  return [...new Set(ids)].slice(0, ofComplaint);
}

function candidateOf(title: { code: string; label: string }, ids: string[]): CodeCandidate {
  return { code: title.code, label: title.label, transcription_ids: ids };
}

function merged(found: readonly CodeCandidate[]): CodeCandidate[] {
  const byCode = new Map<string, CodeCandidate>();
  for (const candidate of found) {
    const before = byCode.get(candidate.code);
    const ids = [...(before?.transcription_ids ?? []), ...candidate.transcription_ids];
    byCode.set(candidate.code, { ...candidate, transcription_ids: [...new Set(ids)] });
  }
  return [...byCode.values()];
}

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:s|es)$/, '').slice(0, 7) : word.replace(/s$/, '');
}
