/**
 * `npm run verify:firefox`: the consultation of tests/e2e/call.test.ts once more, with Firefox at both ends
 * (FIREFOX_PATH, or Debian's firefox-esr, installed here when this is root on Debian). Its cameras are
 * Firefox's fakes, its microphones recorded voices. Writes docs/reports/verify-firefox.md.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { hasFirefox } from '../../tests/e2e/support/firefox.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { canInstallPackages, installPackage } from '../lib/testing/debian-packages.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);
const result = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
});

runScript(async () => {
  if (!hasFirefox()) {
    if (!canInstallPackages()) throw new Error('Install Firefox, or name it in FIREFOX_PATH.');
    say('No Firefox found: installing Debian’s firefox-esr.');
    installPackage('firefox-esr');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-firefox-'));
  const file = path.join(folder, 'report.json');
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        vitest,
        'run',
        '--project=e2e',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        'tests/e2e/call.test.ts',
      ],
      {
        cwd: rootDir,
        stdio: 'inherit',
        env: { ...process.env, E2E_BROWSER: 'firefox', CHROME_PATH: findOrInstallBrowser(say) },
      },
    );
    const { testResults } = result.parse(JSON.parse(await readFile(file, 'utf8')));
    const steps = testResults.flatMap(({ assertionResults }) => assertionResults);
    await report(steps);
    if (status !== 0) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function report(steps: readonly { title: string; status: string }[]): Promise<void> {
  const passed = steps.filter(({ status }) => status === 'passed').length;
  const binary = process.env.FIREFOX_PATH ?? 'firefox-esr';
  const version = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const date = new Date().toISOString().slice(0, 10);
  const text = `# A consultation in Firefox

\`npm run verify:firefox\` on ${date}, ${version}, ${cpus().length} cores (${cpus()[0]?.model ?? '?'}): **${passed} of ${steps.length}** steps.

The test of a consultation by video (\`tests/e2e/call.test.ts\`), unchanged, with Firefox for doctor and patient, on the production build. The camera is Firefox's fake; its fake microphone only hums, so the page hears a recorded voice from its own audio graph, and everything behind \`getUserMedia\` is Firefox's. Playwright drives it over WebDriver BiDi.

| step | |
|---|---|
${steps.map(({ title, status }) => `| ${title} | ${status === 'passed' ? '✓' : '✗'} |`).join('\n')}
`;
  await writeFile(path.join(rootDir, 'docs/reports/verify-firefox.md'), text);
  say(`${passed} of ${steps.length} steps, docs/reports/verify-firefox.md`);
}
