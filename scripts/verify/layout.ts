/**
 * `npm run verify:layout`: every integration test on the optional layout of the database, where services have
 * schemas of their own and the old names are views (docs/MIGRATION.md, step 5). Writes
 * docs/reports/verify-layout.md. A quarter of an hour on two cores. Exits 0 only when every test passed.
 */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { findOrInstallServers } from '../lib/testing/find-servers.ts';
import { runVitest } from '../lib/testing/run-vitest.ts';
import {
  countsByFile,
  exitCodeOf,
  type FileCount,
  summarise,
  summaryText,
  type TestSummary,
} from '../lib/testing/test-summary.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const target = path.join(rootDir, 'docs/reports/verify-layout.md');

runScript(async () => {
  findOrInstallServers(say);
  const { exitCode, report, trouble } = await runVitest(['--project', 'integration'], {
    MEDCALL_TEST_LAYOUT: 'schema-per-service',
  });
  const summary = summarise('verify:layout', report, exitCode, trouble);
  await writeFile(target, reportOf(summary, report === null ? [] : countsByFile(report)));
  say(summaryText(summary, rootDir));
  process.exitCode = exitCodeOf(summary);
});

function reportOf(summary: TestSummary, files: readonly FileCount[]): string {
  const date = new Date().toISOString().slice(0, 10);
  const { failed, passed, skipped } = summary;
  return `# The integration tests with a schema for each service

\`npm run verify:layout\` on ${date}, commit ${commit()}, ${cpus().length} cores: **${passed} passed, ${failed} failed**${skipped > 0 ? `, ${skipped} left out` : ''}, in ${files.length} files${unsteady(summary)}.

The database is migrated, then \`database/optional/schema-per-service.sql\` moves the services' own tables into schemas \`gateway\`, \`realtime\` and \`ai\` and leaves views under the old names; each test file works on a copy of that. The same tests run on one schema in \`npm test\`.

| file | passed | failed | left out |
|---|---|---|---|
${files.map((one) => `| \`${path.relative(rootDir, one.file)}\` | ${one.passed} | ${one.failed} | ${one.skipped} |`).join('\n')}
${failures(summary)}`;
}

function unsteady({ unsteady: seen }: TestSummary): string {
  return seen.length === 0 ? '' : ` (${seen.length} at a second try)`;
}

function failures({ failures: seen }: TestSummary): string {
  if (seen.length === 0) return '';
  const lines = seen.map(({ file, test }) => `- \`${path.relative(rootDir, file)}\`: ${test}`);
  return `\n## Failed\n\n${lines.join('\n')}\n`;
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: rootDir,
    encoding: 'utf8',
  }).trim();
}
