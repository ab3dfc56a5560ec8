/**
 * `npm run supply-chain`: known vulnerabilities of what production runs, against the written exceptions; the
 * software bill of materials (CycloneDX) and the list of licences with `--write FOLDER`. A registry that
 * answers no audit is said, and does not fail the command; a finding does.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { auditExceptions, judgeAudit } from './lib/supply-chain/audit.ts';
import { lockedPackages } from './lib/supply-chain/licences.ts';
import { runScript } from './lib/system/run-script.ts';
import { rootDir } from './lib/system/settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(rootDir, file), 'utf8'));

function audit(): void {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
    cwd: rootDir,
    encoding: 'utf8',
    timeout: 60_000,
  });
  const exceptions = auditExceptions.parse(read('configs/supply-chain/audit-exceptions.json'));
  const outcome = judgeAudit(stdout ?? '', exceptions, new Date().toISOString().slice(0, 10));
  if (outcome.kind === 'unknown') {
    say(
      `Vulnerabilidades: NÃO VERIFICADAS, o registro não respondeu à auditoria (${outcome.why}).`,
    );
    return;
  }
  for (const finding of outcome.findings) say(finding);
  say(`Vulnerabilidades graves sem exceção escrita: ${outcome.findings.length}.`);
  if (outcome.findings.length > 0) process.exitCode = 1;
}

function write(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const sbom = execFileSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only'],
    { cwd: rootDir, maxBuffer: 64 * 1024 * 1024 },
  );
  writeFileSync(path.join(folder, 'sbom.cdx.json'), sbom);
  const lines = lockedPackages(read('package-lock.json'))
    .filter(({ dev }) => !dev)
    .map(({ licence, name, version }) => `${name}\t${version}\t${licence}`);
  writeFileSync(path.join(folder, 'licences.tsv'), `${[...new Set(lines)].sort().join('\n')}\n`);
  say(`${folder}: sbom.cdx.json, licences.tsv (${lines.length} pacotes)`);
}

runScript(async () => {
  const { values } = parseArgs({ options: { write: { type: 'string' } } });
  audit();
  if (values.write !== undefined) write(path.resolve(values.write));
});
