import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** How a child process ends. */
export interface ChildEnd {
  /** Its exit code, −1 when a signal ended it; rejects when it could not be started. */
  readonly code: Promise<number>;
  /** What it complained of, as far as it is worth keeping. */
  complaints(): string;
}

/** Watches a child from its start on. */
export function watchEnd(child: ChildProcess & { readonly stderr: Readable }): ChildEnd {
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (lines.length < 20) lines.push(text);
  });
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve(exit ?? -1));
  });
  // Awaited later; until then a rejection must not count as unhandled.
  code.catch(() => undefined);
  return { code, complaints: () => lines.join('').slice(0, 1000) };
}
