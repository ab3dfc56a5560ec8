import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether this is root on a Debian machine (containers, CI). */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** @throws Error when apt-get does not succeed */
export function installPackage(name: string): void {
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', name);
}

function apt(...args: string[]): void {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 600_000,
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed (${status}).`);
}
