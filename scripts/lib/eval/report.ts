import { type Spread, spreadOf } from '@medcall/utils/eval/lag';
import type { SpeakerAccuracy } from '@medcall/utils/eval/speaker-accuracy';
import { sharesOf } from '@medcall/utils/eval/speaker-time';
import { wordErrorRate } from '@medcall/utils/eval/word-errors';
import { figure, grid, percent, seconds } from './cells.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { InPersonFigures } from './in-person.ts';
import { inPersonTable, type PooledRoom, poolRooms } from './in-person-report.ts';
import type { Recall } from './medical-recall.ts';
import { addFigures, type DialogueFigures, type TextFigures } from './score-dialogue.ts';

export interface NonSpeechFigures {
  file: string;
  seconds: number;
  /** Words of finals and partials; nobody said any. */
  words: number;
  texts: string[];
}

export interface EvalReport {
  format: 'medcall-eval/1';
  date: string;
  engine: string;
  fingerprints: Fingerprints;
  machine: string;
  dialogues: DialogueFigures[];
  nonSpeech: NonSpeechFigures[];
  pooled: Pooled | null;
}

export interface Pooled {
  turnByTurn: TextFigures;
  firstFinal: TextFigures;
  lastRevision: TextFigures;
  uncorrected: TextFigures;
  /** Word errors divided by those of the same turns decoded alone in the same run. */
  ratio: { firstFinal: number; lastRevision: number };
  firstLag: Spread | null;
  settledLag: Spread | null;
  /** One microphone for both; empty where no dialogue has one. */
  inPerson: PooledRoom[];
}

/** Sums over dialogues; a long one weighs more than a short one. */
export function poolDialogues(dialogues: readonly DialogueFigures[]): Pooled | null {
  if (dialogues.length === 0) return null;
  const sum = (pick: (one: DialogueFigures) => TextFigures) => addFigures(dialogues.map(pick));
  const turnByTurn = sum((one) => one.turnByTurn);
  const firstFinal = sum((one) => one.firstFinal);
  const lastRevision = sum((one) => one.lastRevision);
  const alone = wordErrorRate(turnByTurn.normalised) ?? Number.NaN;
  const ratio = (figures: TextFigures) => (wordErrorRate(figures.normalised) ?? Number.NaN) / alone;
  return {
    turnByTurn,
    firstFinal,
    lastRevision,
    uncorrected: sum((one) => one.uncorrected),
    ratio: { firstFinal: ratio(firstFinal), lastRevision: ratio(lastRevision) },
    firstLag: spreadOf(dialogues.flatMap((one) => one.firstLags)),
    settledLag: spreadOf(dialogues.flatMap((one) => one.settledLags)),
    inPerson: poolRooms(dialogues.flatMap((one) => one.speakers.inPerson)),
  };
}

const wer = ({ normalised }: TextFigures) => percent(wordErrorRate(normalised));
const rawWer = ({ raw }: TextFigures) => percent(wordErrorRate(raw));
const recall = ({ found, said }: Recall) => (said === 0 ? '–' : `${found}/${said}`);
const speakers = (accuracy: SpeakerAccuracy | null) =>
  accuracy === null || accuracy.utterances === 0
    ? '–'
    : percent(accuracy.rightUtterances / accuracy.utterances);

/** Of the room as it is, without an enrolled voice. */
const room = (figures: readonly (InPersonFigures | PooledRoom)[]) => {
  const plain = figures.find((one) => one.room === 'as-is' && !one.enrolled);
  if (plain === undefined) return '–';
  const { firstShown, last } = plain.labels;
  return `${percent(sharesOf(last).right)} / ${percent(sharesOf(firstShown).right)}`;
};

interface Row {
  name: string;
  turnByTurn: TextFigures;
  firstFinal: TextFigures;
  lastRevision: TextFigures;
  uncorrected: TextFigures;
  firstLag: Spread | null;
  settledLag: Spread | null;
  online: string;
  inPerson: string;
}

const columns: readonly [string, (row: Row) => string][] = [
  ['diálogo', (row) => row.name],
  ['WER turno a turno', (row) => wer(row.turnByTurn)],
  ['1º final', (row) => wer(row.firstFinal)],
  ['última revisão', (row) => wer(row.lastRevision)],
  ['(bruto)', (row) => rawWer(row.lastRevision)],
  ['remédios', (row) => recall(row.lastRevision.drugs)],
  ['(sem vocab.)', (row) => recall(row.uncorrected.drugs)],
  ['doses', (row) => recall(row.lastRevision.doses)],
  ['atraso 1º final med. / p95', (row) => seconds(row.firstLag)],
  ['última revisão med. / p95', (row) => seconds(row.settledLag)],
  ['falante online', (row) => row.online],
  ['presencial, fim / 1º rótulo', (row) => row.inPerson],
];

/** The report for people. */
export function reportTable(report: EvalReport): string {
  const rows: Row[] = report.dialogues.map((one) => ({
    ...one,
    name: one.dialogue,
    firstLag: spreadOf(one.firstLags),
    settledLag: spreadOf(one.settledLags),
    online: speakers(one.speakers.online),
    inPerson: room(one.speakers.inPerson),
  }));
  const { pooled } = report;
  if (pooled) rows.push({ ...pooled, name: 'todos', online: '', inPerson: room(pooled.inPerson) });
  return [
    ...(rows.length > 0 ? grid([columns.map(([head]) => head), ...rows.map(cellsOf)]) : []),
    '',
    ...(pooled
      ? [
          `Sobre turno a turno (mesmos pesos, mesma execução): 1º final ${figure(pooled.ratio.firstFinal, 2)} ×, última revisão ${figure(pooled.ratio.lastRevision, 2)} ×; revisão mais tardia ${pooled.settledLag ? figure(pooled.settledLag.maxSeconds, 2) : '–'} s depois do fim do turno`,
        ]
      : []),
    ...report.nonSpeech.map(
      (one) =>
        `Sem fala: ${one.file} (${figure(one.seconds, 0)} s): ${one.words} palavras inventadas${one.words > 0 ? ` – ${one.texts.join(' | ')}` : ''}`,
    ),
    ...(pooled && pooled.inPerson.length > 0 ? ['', inPersonTable(pooled.inPerson)] : []),
    '',
    `Motor ${report.engine} · ${report.machine} · normalizador ${report.fingerprints.normaliser.slice(0, 12)} · léxico ${report.fingerprints.lexicon.slice(0, 12)}`,
  ].join('\n');
}

function cellsOf(row: Row): string[] {
  return columns.map(([, cell]) => cell(row));
}
