import { join } from 'node:path';
import { readCorpus } from '../../apps/backend/ai-service/src/services/guidelines/corpus.ts';
import { GuidelineLibrary } from '../../apps/backend/ai-service/src/services/guidelines/library.ts';
import { type Lexicon, loadLexicon } from '../../apps/backend/ai-service/src/services/lexicon.ts';
import { isLate, readConsultations } from './consultations.ts';
import { type EvalEngine, embeddedEvalEngine } from './engine.ts';
import { judgeNote, type NoteCounts } from './judge-note.ts';
import { judgeQuestions, type QuestionCounts } from './judge-questions.ts';

export interface AiFigures {
  consultations: number;
  /** Pertinent of those on screen that the reference judges; topics left to taste count neither way. */
  precisionAt3: number;
  /** The same with topics left to taste counted as misses. */
  strictPrecisionAt3: number;
  repeats: number;
  /** Part of the questions on screen whose topic was asked or told before. */
  alreadyCovered: number;
  /** Part of the questions that the doctor asked himself within four utterances. */
  askedSoon: number;
  redFlagRecall: number;
  /** Median of utterances past the moment at which a flag was due. */
  redFlagDelay: number;
  citationValidity: number;
  factRecall: number;
  /** By the phrases of the reference, quotations included. */
  inventedFacts: number;
  /** … of them outside of quotation marks. */
  inventedOutsideQuotes: number;
  linkedSentences: number;
  sentencesPerNote: number;
  droppedSentences: number;
  codesAmongFive: number;
}

export interface AiReport {
  engine: string;
  /** Answers and notes that the embedded engine gave in the measured one's place. */
  fallbacks: number;
  all: AiFigures;
  /** The third whose author had not seen the rules. */
  late: AiFigures;
  /** The others, written beside the rules. */
  own: AiFigures;
  details: { missedFacts: string[]; inventions: string[]; missedFlags: string[] };
}

interface Judged {
  late: boolean;
  questions: QuestionCounts;
  note: NoteCounts;
}

export interface AiMeasure {
  /** Makes the engine that is measured; the embedded one by default. */
  engine?: (library: GuidelineLibrary, lexicon: Lexicon) => EvalEngine;
  /** Ids of consultations; all by default. */
  only?: readonly string[];
}

/** Runs an engine over the consultations of tests/eval, one after the other. */
export async function measureAi(
  root: string,
  { engine: make = embeddedEvalEngine, only }: AiMeasure = {},
): Promise<AiReport> {
  const library = new GuidelineLibrary(await readCorpus(join(root, 'database/seeds/guidelines')));
  const lexicon = loadLexicon();
  const engine = make(library, lexicon);
  const judged: Judged[] = [];
  for (const consultation of await readConsultations(root)) {
    if (only && !only.includes(consultation.id)) continue;
    judged.push({
      late: isLate(consultation),
      questions: await judgeQuestions(engine.questions, consultation, library),
      note: await judgeNote(engine.notes, consultation, lexicon, library),
    });
  }
  return {
    engine: engine.name,
    fallbacks: judged.reduce((sum, one) => sum + one.questions.fallbacks + one.note.fallbacks, 0),
    all: figures(judged),
    late: figures(judged.filter(({ late }) => late)),
    own: figures(judged.filter(({ late }) => !late)),
    details: {
      missedFacts: judged.filter(({ late }) => !late).flatMap(({ note }) => note.missedFacts),
      inventions: judged.filter(({ late }) => !late).flatMap(({ note }) => note.inventions),
      missedFlags: judged
        .filter(({ late }) => !late)
        .flatMap(({ questions }) => questions.missedFlags),
    },
  };
}

function figures(judged: readonly Judged[]): AiFigures {
  const sum = (of: (one: Judged) => number) => judged.reduce((total, one) => total + of(one), 0);
  const part = (some: number, whole: number) => (whole === 0 ? 1 : some / whole);
  const shown = sum(({ questions }) => questions.shown);
  const offers = sum(({ questions }) => questions.offers);
  const pertinent = sum(({ questions }) => questions.pertinent);
  const neutral = sum(({ questions }) => questions.neutral);
  const delays = judged.flatMap(({ questions }) => questions.delays).sort((a, b) => a - b);
  const sentences = sum(({ note }) => note.sentences);
  return {
    consultations: judged.length,
    precisionAt3: part(pertinent, shown - neutral),
    strictPrecisionAt3: part(pertinent, shown),
    repeats: sum(({ questions }) => questions.repeats),
    alreadyCovered: 1 - part(shown - sum(({ questions }) => questions.covered), shown),
    askedSoon: 1 - part(offers - sum(({ questions }) => questions.askedSoon), offers),
    redFlagRecall: part(
      sum(({ questions }) => questions.redFlagsMet),
      sum(({ questions }) => questions.redFlags),
    ),
    redFlagDelay: delays[Math.floor(delays.length / 2)] ?? 0,
    citationValidity: part(
      sum(({ questions }) => questions.citationsValid),
      sum(({ questions }) => questions.citations),
    ),
    factRecall: part(
      sum(({ note }) => note.factsFound),
      sum(({ note }) => note.facts),
    ),
    inventedFacts: sum(({ note }) => note.invented),
    inventedOutsideQuotes: sum(({ note }) => note.inventedOutsideQuotes),
    linkedSentences: part(
      sum(({ note }) => note.linked),
      sentences,
    ),
    sentencesPerNote: sentences / Math.max(1, judged.length),
    droppedSentences: sum(({ note }) => note.dropped),
    codesAmongFive: part(
      sum(({ note }) => note.codesRight),
      sum(({ note }) => note.codes),
    ),
  };
}

/** The report as a table for a terminal. */
export function aiTable(report: AiReport): string {
  const names = Object.keys(report.all) as (keyof AiFigures)[];
  const cell = (value: number) => (Number.isInteger(value) ? `${value}` : value.toFixed(3));
  const row = (name: string, ...cells: string[]) =>
    `${name.padEnd(22)}${cells.map((text) => text.padEnd(12)).join('')}\n`;
  return [
    row(`engine ${report.engine}`, 'late third', 'others', 'all'),
    ...names.map((name) =>
      row(name, cell(report.late[name]), cell(report.own[name]), cell(report.all[name])),
    ),
    report.fallbacks > 0 ? `the embedded engine stood in ${report.fallbacks} times\n` : '',
  ].join('');
}
