import { styleText } from 'node:util';

const levels: Record<number, { name: string; colour: 'gray' | 'green' | 'yellow' | 'red' }> = {
  10: { name: 'trace', colour: 'gray' },
  20: { name: 'debug', colour: 'gray' },
  30: { name: 'info', colour: 'green' },
  40: { name: 'warn', colour: 'yellow' },
  50: { name: 'error', colour: 'red' },
  60: { name: 'fatal', colour: 'red' },
};

const headFields = ['level', 'time', 'msg', 'service', 'pid', 'hostname'];

/** A structured log line as a person reads it in a terminal; anything else stays as it is. */
export function readableLine(line: string): string {
  if (!line.startsWith('{')) return line;
  const entry = parseEntry(line);
  if (!entry) return line;
  const level = levels[Number(entry.level)] ?? { name: String(entry.level), colour: 'gray' };
  const rest = Object.entries(entry)
    .filter(([name]) => !headFields.includes(name) && name !== 'err')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const head = `${styleText(level.colour, level.name.padEnd(5))} ${String(entry.msg ?? '')}`;
  return [head, rest === '' ? '' : ` ${styleText('dim', rest)}`, errorText(entry.err)].join('');
}

function parseEntry(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return parsed !== null && typeof parsed === 'object' && 'level' in parsed
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    // A line that only looks like JSON: it is shown as it came.
    return null;
  }
}

function errorText(error: unknown): string {
  if (error === null || typeof error !== 'object') return '';
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  return `\n${String(stack ?? message ?? '')}`;
}
