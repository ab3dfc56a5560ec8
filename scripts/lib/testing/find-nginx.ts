import { existsSync } from 'node:fs';

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
