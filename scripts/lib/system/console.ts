import { styleText } from 'node:util';
import { readableLine } from './log-line.ts';

const colours: Record<string, 'cyan' | 'magenta' | 'yellow' | 'blue' | 'green' | 'white'> = {
  frontend: 'cyan',
  gateway: 'yellow',
  'realtime-service': 'magenta',
  'ai-service': 'blue',
  postgres: 'green',
};

const width = Math.max(...Object.keys(colours).map((name) => name.length));

/** The starter's own questions whether a service is ready would drown what a person looks for. */
const readinessQuestion = /"path":"\/api\/health[^"]*"/;

/** Prints a line of one source under its coloured name. */
export function printLine(source: string, line: string): void {
  if (readinessQuestion.test(line)) return;
  const prefix = styleText(colours[source] ?? 'white', source.padEnd(width));
  for (const part of readableLine(line).split('\n')) process.stdout.write(`${prefix} │ ${part}\n`);
}

/** A failure in words, without the stack that would only hide them. */
export function printFailure(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n${styleText('red', text)}\n\n`);
}
