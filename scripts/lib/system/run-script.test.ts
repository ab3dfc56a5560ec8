import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const runScript = fileURLToPath(new URL('./run-script.ts', import.meta.url));

it.each([
  ['is done', '', 0],
  ['is done and found something', 'process.exitCode = 1;', 1],
  ['fails', "throw new Error('no database');", 1],
])('a script that %s ends so', (_what, body, code) => {
  const program = `import { runScript } from ${JSON.stringify(runScript)};
runScript(async () => { ${body} });`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program]);
  expect(status).toBe(code);
});
