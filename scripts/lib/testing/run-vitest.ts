import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootDir } from '../system/settings.ts';
import { LastLines } from './last-lines.ts';

const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);

/** What a run of vitest left. */
export interface VitestRun {
  readonly exitCode: number;
  /** Its JSON report, or null when it died before it could write one. */
  readonly report: string | null;
  /** What it said last of errors outside any test. */
  readonly trouble: string;
}

/** Runs vitest to its end, on this terminal. */
export async function runVitest(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<VitestRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'medcall-report-'));
  const file = path.join(folder, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [
        vitest,
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...args,
      ],
      { cwd: rootDir, stdio: ['inherit', 'inherit', 'pipe'], env: { ...process.env, ...env } },
    );
    const trouble = new LastLines(child.stderr, process.stderr);
    const [status] = await once(child, 'close');
    return { exitCode: Number(status ?? 1), report: read(file), trouble: trouble.text() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Vitest died before it could report: the caller counts that as a failure.
    return null;
  }
}
