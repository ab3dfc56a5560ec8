import { spawnSync } from 'node:child_process';
import { hasPdfsig } from '../../../tests/support/pdf-validators.ts';
import { hasRedis } from '../../../tests/support/redis.ts';
import { hasTurn } from '../../../tests/support/turn.ts';
import { canInstallPackages, installPackage } from './debian-packages.ts';
import { nginxPath } from './find-nginx.ts';

interface Server {
  isHere: () => boolean;
  program: string;
  /** Debian's packages, and the service that they start. */
  debian: { packages: string[]; service?: string };
  /** Homebrew's. */
  brew: string;
  tests: string;
  pathVariable: string;
}

const servers: readonly Server[] = [
  {
    isHere: hasRedis,
    program: 'redis-server',
    debian: { packages: ['redis-server'], service: 'redis-server' },
    brew: 'redis',
    tests: 'the tests of two nodes',
    pathVariable: 'REDIS_SERVER_PATH',
  },
  {
    isHere: hasTurn,
    program: 'turnserver',
    debian: { packages: ['coturn'], service: 'coturn' },
    brew: 'coturn',
    tests: 'the tests of the relay',
    pathVariable: 'TURNSERVER_PATH',
  },
  {
    isHere: () => nginxPath() !== null,
    program: 'nginx',
    debian: { packages: ['nginx-light'], service: 'nginx' },
    brew: 'nginx',
    tests: 'the tests of the front door',
    pathVariable: 'NGINX_PATH',
  },
  {
    isHere: hasPdfsig,
    program: 'pdfsig and certutil',
    debian: { packages: ['poppler-utils', 'libnss3-tools'] },
    brew: 'poppler nss',
    tests: 'the check of signed papers by another program',
    pathVariable: 'PDFSIG_PATH and CERTUTIL_PATH',
  },
];

/**
 * Sees to it that the tests have a Redis, a relay, an nginx and a checker of signed PDFs: Debian's are
 * installed when this is root on a Debian machine. Elsewhere their tests are skipped, and counted as skipped.
 */
export function findOrInstallServers(say: (line: string) => void): void {
  for (const server of servers) findOrInstall(server, say);
}

function findOrInstall(
  { brew, debian, isHere, pathVariable, program, tests }: Server,
  say: (line: string) => void,
): void {
  if (isHere()) return;
  if (!canInstallPackages()) {
    say(
      `No ${program} found: ${tests} are skipped. Debian and Ubuntu: sudo apt-get install ${debian.packages.join(' ')}; ` +
        `macOS: brew install ${brew}. ${pathVariable} may name one.`,
    );
    return;
  }
  say(`No ${program} found: installing Debian’s ${debian.packages.join(' and ')} for ${tests}.`);
  try {
    for (const one of debian.packages) installPackage(one);
  } catch (error) {
    say(`${debian.packages.join(' ')} was not installed, ${tests} are skipped: ${String(error)}`);
    return;
  }
  // Debian starts a server of its own; the tests bring theirs.
  if (debian.service) spawnSync('service', [debian.service, 'stop'], { stdio: 'ignore' });
}
