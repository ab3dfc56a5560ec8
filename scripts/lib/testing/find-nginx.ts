import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { canInstallPackages, installPackage } from './debian-packages.ts';

/** Sees to it that the test of the front door has an `nginx`, as `findOrInstallRedis` does for Redis. */
export function findOrInstallNginx(say: (line: string) => void): void {
  if (nginxPath() !== null) return;
  if (!canInstallPackages()) {
    say('No nginx found: its tests are skipped. NGINX_PATH may name one.');
    return;
  }
  say('No nginx found: installing Debian’s for the tests of the front door.');
  try {
    installPackage('nginx-light');
  } catch (error) {
    say(`nginx was not installed, its tests are skipped: ${String(error)}`);
    return;
  }
  // Debian starts a server of its own; the tests bring theirs.
  spawnSync('service', ['nginx', 'stop'], { stdio: 'ignore' });
}

/** The nginx of this machine, or null. */
export function nginxPath(): string | null {
  const candidates = [
    process.env.NGINX_PATH,
    '/usr/sbin/nginx',
    '/usr/local/sbin/nginx',
    '/opt/homebrew/bin/nginx',
  ];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}
