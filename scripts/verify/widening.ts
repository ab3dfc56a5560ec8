/**
 * `npm run verify:widening -- [--before COMMIT] [--control] [PATH…]`: the version before, on the schema of this one. During a
 * roll-out both run side by side and the schema is the new one's (expand, then contract), so the older one's own
 * tests have to pass on it. Checks COMMIT out beside this (the last release's tag, or else the commit before the
 * newest migration), gives it this version's `database/migrations`, and runs its integration tests of services and
 * of what they share. `--control` leaves it its own schema: what fails there too is no fault of the new one. Minutes,
 * by hand. Exits with vitest's own code.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from '../lib/system/run-script.ts';
import { rootDir } from '../lib/system/settings.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: rootDir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** Tests of what the services do with the database, and not of the schema as a whole (a new table is no failure). */
const usual = [
  'apps/backend/gateway/src/routes',
  'apps/backend/realtime-service/src/services',
  'apps/backend/ai-service/src/services',
  'packages/service-kit/src/jobs',
  'packages/service-kit/src/cost',
];

function versionBefore(): string {
  try {
    return git('describe', '--tags', '--abbrev=0', 'HEAD^');
  } catch {
    // No release yet: what stood before the newest migration.
    return git('log', '-1', '--format=%H^', '--', 'database/migrations');
  }
}

/** The packages that are installed here; the workspace's own are the older version's. */
function linkPackages(before: string): void {
  const installed = path.join(rootDir, 'node_modules');
  const target = path.join(before, 'node_modules');
  mkdirSync(path.join(target, '@medcall'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@medcall') symlinkSync(path.join(installed, name), path.join(target, name));
  }
  for (const group of ['packages', 'apps/backend', 'apps']) {
    for (const name of readdirSync(path.join(before, group))) {
      const place = path.join(before, group, name);
      if (!existsSync(path.join(place, 'package.json'))) continue;
      symlinkSync(place, path.join(target, '@medcall', name));
      const own = path.join(rootDir, group, name, 'node_modules');
      if (existsSync(own)) symlinkSync(own, path.join(place, 'node_modules'));
    }
  }
}

function newerMigrations(before: string): string[] {
  const folder = path.join(before, 'database/migrations');
  const known = new Set(readdirSync(folder));
  cpSync(path.join(rootDir, 'database/migrations'), folder, { recursive: true });
  return readdirSync(folder).filter((name) => !known.has(name));
}

runScript(async () => {
  const { positionals, values } = parseArgs({
    options: { before: { type: 'string' }, control: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const commit = git('rev-parse', '--short', values.before ?? versionBefore());
  const folder = mkdtempSync(path.join(tmpdir(), 'medcall-widening-'));
  try {
    const before = path.join(folder, 'before');
    mkdirSync(before);
    execFileSync('tar', ['-x', '-C', before], {
      input: execFileSync('git', ['archive', commit], { cwd: rootDir, maxBuffer: 1 << 30 }),
    });
    linkPackages(before);
    if (values.control) say(`${commit} on its own schema`);
    else {
      const newer = newerMigrations(before);
      say(`${commit} on the schema of this version; new to it: ${newer.join(', ') || 'nothing'}`);
    }
    const { status } = spawnSync(
      process.execPath,
      [
        path.join(rootDir, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project',
        'integration',
        ...(positionals.length > 0 ? positionals : usual.filter((one) => existsIn(before, one))),
      ],
      { cwd: before, stdio: 'inherit' },
    );
    process.exitCode = status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function existsIn(folder: string, name: string): boolean {
  return existsSync(path.join(folder, name));
}
