/**
 * `npm test`: types, lint and format, then unit and integration tests, then the whole system in a real
 * browser. Ends with the plain line `N passed, N failed`. Arguments are handed to vitest (a file's
 * name, `-t` and a test's name); the checks are then left out.
 */
import { spawnSync } from 'node:child_process';
import { rootDir } from './lib/system/settings.ts';
import { findOrInstallBrowser } from './lib/testing/find-browser.ts';
import { findOrInstallServers } from './lib/testing/find-servers.ts';
import { runVitest } from './lib/testing/run-vitest.ts';
import {
  addSummaries,
  exitCodeOf,
  failedOutsideTests,
  secondTry,
  summarise,
  summaryText,
  type TestSummary,
} from './lib/testing/test-summary.ts';

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

/**
 * One run of vitest, on a CI once more where it failed outside of any test: what single tests are given there
 * by vitest.config.ts. The report names it, with what vitest said.
 */
async function run(...what: Parameters<typeof runOnce>): Promise<TestSummary> {
  const first = await runOnce(...what);
  if (!process.env.CI || !failedOutsideTests(first)) return first;
  say(`\n${what[0]}: failed outside of any test, tried once more`);
  return secondTry(first, await runOnce(...what));
}

/** The end-to-end tests have one of their own: they want both cores for themselves. */
async function runOnce(
  name: string,
  projects: string[],
  env: Record<string, string> = {},
): Promise<TestSummary> {
  const { exitCode, report, trouble } = await runVitest(
    [
      ...projects.flatMap((project) => ['--project', project]),
      ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
    ],
    env,
  );
  return summarise(name, report, exitCode, trouble);
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
