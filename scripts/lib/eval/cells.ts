import type { Spread } from '@medcall/utils/eval/lag';

/** A number as people here write it. */
export const figure = (value: number, digits: number) =>
  value.toLocaleString('pt-BR', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A share from 0 to 1. */
export const percent = (value: number | null) =>
  value === null ? '–' : `${figure(value * 100, 1)} %`;

/** Median and p95. */
export const seconds = (spread: Spread | null) =>
  spread === null ? '–' : `${figure(spread.medianSeconds, 2)} / ${figure(spread.p95Seconds, 2)} s`;

/** Lines of a table whose first row is its head. */
export function grid(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, k) =>
    Math.max(...rows.map((row) => (row[k] ?? '').length)),
  );
  const lines = rows.map((row) => row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join('  '));
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines;
}
