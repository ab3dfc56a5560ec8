import { styleText } from 'node:util';
import {
  anamnesisTopics,
  type SuggestionEvent,
  type TranscriptionEvent,
} from '@medcall/shared-types';
import type { Spread } from '@medcall/utils/eval/lag';
import type { DialogueReport, PooledReport } from './measure.ts';

const speakerNames = { MEDICO: 'Médico', PACIENTE: 'Paciente', UNKNOWN: 'Não identificado' };

/** A final utterance as a line: time of the consultation, who, text. */
export function utteranceLine(event: TranscriptionEvent): string {
  const colour =
    event.speaker === 'MEDICO' ? 'cyan' : event.speaker === 'PACIENTE' ? 'green' : 'yellow';
  const revised = event.revision > 0 ? styleText('dim', ' (revisto)') : '';
  const who = styleText(colour, speakerNames[event.speaker].padEnd(8));
  return `${styleText('dim', clock(event.startMs))}  ${who}  ${event.text}${revised}`;
}

/** A question for the doctor with what it rests on. */
export function questionLine(event: SuggestionEvent): string {
  const label =
    event.topic in anamnesisTopics
      ? anamnesisTopics[event.topic as keyof typeof anamnesisTopics]
      : event.topic;
  const source = event.sources[0];
  const rests = source
    ? `${source.title}, ${source.section} (${source.source}, ${source.year})`
    : '';
  return [
    styleText('magenta', `         ? [${label}] ${event.question}`),
    styleText('dim', `           “${event.triggeredBy.text}”${rests ? ` · ${rests}` : ''}`),
  ].join('\n');
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function number(value: number | null, digits: number, unit: string): string {
  if (value === null) return '–';
  const text = value.toLocaleString('pt-BR', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${text}${unit}`;
}

export const percent = (share: number | null) =>
  number(share === null ? null : share * 100, 1, ' %');

export function spread(value: Spread | null): string {
  return value
    ? `${number(value.medianSeconds, 2, ' s')} / ${number(value.p95Seconds, 2, ' s')}`
    : '–';
}

function share(right: number, all: number): number | null {
  return all === 0 ? null : right / all;
}

function rowOf(report: DialogueReport): string[] {
  const count = (kind: string) => report.questions.filter((q) => q.pertinence === kind).length;
  return [
    report.dialogue,
    percent(report.wer),
    percent(report.bySpeaker[0]?.wer ?? null),
    percent(report.bySpeaker[1]?.wer ?? null),
    percent(share(report.speakers.rightUtterances, report.speakers.utterances)),
    spread(report.lag),
    `${report.questions.length} (${count('unasked')} / ${count('other')} / ${count('asked')})`,
    number(report.realTimeFactor, 2, ''),
  ];
}

/** The closing table, and below it what its columns mean. */
export function closingTable(pooled: PooledReport): string {
  const head = [
    'diálogo',
    'WER',
    'médico',
    'paciente',
    'falante certo',
    'atraso med. / p95',
    'perguntas*',
    'tempo real',
  ];
  const rows = [head, ...pooled.dialogues.map(rowOf)];
  if (pooled.dialogues.length > 1) {
    rows.push([
      'todos',
      percent(pooled.wer),
      '',
      '',
      percent(pooled.rightSpeakerShare),
      spread(pooled.lag),
      String(pooled.questions),
      '',
    ]);
  }
  return [
    ...table(rows),
    '',
    '* oferecidas (sobre o que o médico não perguntou / outros temas / temas que o médico perguntou)',
    'atraso: do fim da fala ao primeiro texto final; tempo real: do início ao último texto, dividido pela duração',
  ].join('\n');
}

/** Rows in columns, with a rule below the first. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) => row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join('  '));
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines;
}
