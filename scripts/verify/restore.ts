/**
 * `npm run verify:restore`: the drill. A consultation is held and becomes text, another is in the middle, a
 * backup is taken while the service runs; then the data folder is destroyed, database and sound; it is
 * restored, the services start, and the transcript derived from the restored sound must be the one that was.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';
import { drill } from './restore/drill.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Finding {
  what: string;
  seen: string;
  ok: boolean;
}

runScript(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'medcall-restore-'));
  // The embedded server runs under another account when this is root.
  await chmod(folder, 0o755);
  const findings: Finding[] = [];
  try {
    await drill(folder, (what, seen, ok) => {
      findings.push({ what, seen, ok });
      say(`${ok ? 'ok ' : 'NOT'} ${what}: ${seen}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const text = asMarkdown(findings);
  say(text);
  await mkdir(path.join(rootDir, 'docs/reports'), { recursive: true });
  await writeFile(path.join(rootDir, 'docs/reports/verify-restore.md'), text);
  if (!findings.every(({ ok }) => ok)) process.exitCode = 1;
});

function asMarkdown(findings: Finding[]): string {
  const passed = findings.every(({ ok }) => ok);
  return `# Restore drill

\`npm run verify:restore\` on ${new Date().toISOString().slice(0, 10)}: **${passed ? 'passed' : 'NOT passed'}**. Real embedded PostgreSQL with its files flushed, real audio log, stub engine whose text names every sample.

| step | seen | |
|---|---|---|
${findings.map(({ ok, seen, what }) => `| ${what} | ${seen} | ${ok ? 'ok' : '**no**'} |`).join('\n')}
`;
}
