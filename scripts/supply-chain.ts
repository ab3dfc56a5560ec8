/**
 * `npm run supply-chain`: licences of what production runs against the written policy, known vulnerabilities
 * against the written exceptions; the bill of materials (CycloneDX) and the list of licences with
 * `--write FOLDER`. A registry that answers no audit is said, and does not fail the command; a finding does.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { auditExceptions, expiredExceptions, judgeAudit } from './lib/supply-chain/audit.ts';
import {
  type LockedPackage,
  licencePolicy,
  lockedPackages,
  refusedLicences,
} from './lib/supply-chain/licences.ts';
import { billOfMaterials } from './lib/supply-chain/sbom.ts';
import { runScript } from './lib/system/run-script.ts';
import { rootDir } from './lib/system/settings.ts';

const auditDeadlineMs = 60_000;
const say = (line: string) => process.stdout.write(`${line}\n`);
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(rootDir, file), 'utf8'));

function checkLicences(packages: LockedPackage[]): void {
  const policy = licencePolicy.parse(read('configs/supply-chain/licences.json'));
  const refused = refusedLicences(packages, policy);
  for (const { licence, name, version } of refused) say(`${name} ${version}: ${licence}`);
  say(`Licenças fora da política: ${refused.length} de ${packages.length} pacotes.`);
  if (refused.length > 0) process.exitCode = 1;
}

function audit(): void {
  const today = new Date().toISOString().slice(0, 10);
  const exceptions = auditExceptions.parse(read('configs/supply-chain/audit-exceptions.json'));
  for (const advisory of expiredExceptions(exceptions, today)) {
    say(`Exceção vencida, não vale mais: ${advisory}`);
  }
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
    cwd: rootDir,
    encoding: 'utf8',
    timeout: auditDeadlineMs,
  });
  const outcome = judgeAudit(stdout ?? '', exceptions, today);
  if (outcome.kind === 'unknown') {
    const why = outcome.why.replaceAll(/\s+/g, ' ');
    say(`Vulnerabilidades: NÃO VERIFICADAS (audit not reachable): ${why}`);
    return;
  }
  for (const finding of outcome.findings) say(finding);
  say(`Vulnerabilidades graves sem exceção escrita: ${outcome.findings.length}.`);
  if (outcome.findings.length > 0) process.exitCode = 1;
}

function write(folder: string, packages: LockedPackage[]): void {
  mkdirSync(folder, { recursive: true });
  const { version } = read('package.json') as { version: string };
  const bill = billOfMaterials({ name: 'medcall-ai', version }, packages);
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  const lines = packages
    .filter(({ dev }) => !dev)
    .map(({ licence, name, version }) => `${name}\t${version}\t${licence}`);
  const unique = [...new Set(lines)].sort();
  writeFileSync(path.join(folder, 'licences.tsv'), `${unique.join('\n')}\n`);
  say(`${folder}: sbom.cdx.json, licences.tsv (${unique.length} pacotes)`);
}

runScript(async () => {
  const { values } = parseArgs({ options: { write: { type: 'string' } } });
  const packages = lockedPackages(read('package-lock.json'));
  checkLicences(packages);
  audit();
  if (values.write !== undefined) write(path.resolve(values.write), packages);
});
