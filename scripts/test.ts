/**
 * `npm test`: types, lint and format, then unit and integration tests, then the whole system in a real
 * browser. Ends with the plain line `N passed, N failed`. Arguments are handed to vitest (a file's
 * name, `-t` and a test's name); the checks are then left out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootDir } from './lib/system/settings.ts';
import { findOrInstallBrowser } from './lib/testing/find-browser.ts';
import { findOrInstallServers } from './lib/testing/find-servers.ts';
import { LastLines } from './lib/testing/last-lines.ts';
import {
  addSummaries,
  exitCodeOf,
  summarise,
  summaryText,
  type TestSummary,
} from './lib/testing/test-summary.ts';

const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const filters = process.argv.slice(2);

const say = (line: string) => process.stdout.write(`${line}\n`);

function checks(): TestSummary {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['run', '--silent', 'check'], {
    cwd: rootDir,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return { passed: 0, failed: 0, skipped: 0, failures: [], unsteady: [] };
  const failure = { file: 'npm run check', test: 'types, lint, format', message: 'see above' };
  return { passed: 0, failed: 1, skipped: 0, failures: [failure], unsteady: [] };
}

/** One run of vitest. The end-to-end tests have one of their own: they want both cores for themselves. */
async function run(
  name: string,
  projects: string[],
  env: Record<string, string> = {},
): Promise<TestSummary> {
  const folder = mkdtempSync(path.join(tmpdir(), 'medcall-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [
        vitest,
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
      ],
      { cwd: rootDir, stdio: ['inherit', 'inherit', 'pipe'], env: { ...process.env, ...env } },
    );
    const trouble = new LastLines(child.stderr, process.stderr);
    const [status] = await once(child, 'close');
    return summarise(name, read(report), Number(status ?? 1), trouble.text());
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

async function endToEnd(): Promise<TestSummary> {
  try {
    return await run('end to end', ['e2e'], { CHROME_PATH: findOrInstallBrowser(say) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const failure = { file: 'tests/e2e', test: '(the browser)', message };
    return { passed: 0, failed: 1, skipped: 0, failures: [failure], unsteady: [] };
  }
}

function unitAndIntegration(): Promise<TestSummary> {
  findOrInstallServers(say);
  return run('unit and integration', ['unit', 'integration']);
}

const summary = addSummaries([
  ...(filters.length === 0 ? [checks()] : []),
  await unitAndIntegration(),
  await endToEnd(),
]);
say(summaryText(summary, rootDir));
process.exitCode = exitCodeOf(summary);
