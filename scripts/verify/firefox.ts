/**
 * `npm run verify:firefox`: the consultation of tests/e2e/call.test.ts once more, with Firefox at both ends
 * (FIREFOX_PATH, or Debian's firefox-esr, installed here when this is root on Debian). Its cameras are
 * Firefox's fakes, its microphones recorded voices. Writes docs/reports/verify-firefox.md.
 */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { hasFirefox } from '../../tests/e2e/support/firefox.ts';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { canInstallPackages, installPackage } from '../lib/testing/debian-packages.ts';
import { findOrInstallBrowser } from '../lib/testing/find-browser.ts';
import { runVitest } from '../lib/testing/run-vitest.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
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
  const { exitCode, report: written } = await runVitest(
    ['--project=e2e', 'tests/e2e/call.test.ts'],
    {
      E2E_BROWSER: 'firefox',
      CHROME_PATH: findOrInstallBrowser(say),
    },
  );
  if (written === null) throw new Error('Vitest ended before it could report.');
  const { testResults } = result.parse(JSON.parse(written));
  const steps = testResults.flatMap(({ assertionResults }) => assertionResults);
  await report(steps);
  if (exitCode !== 0) process.exitCode = 1;
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
