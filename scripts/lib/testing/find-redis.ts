import { spawnSync } from 'node:child_process';
import { hasRedis } from '../../../tests/support/redis.ts';
import { canInstallPackages, installPackage } from './debian-packages.ts';

/**
 * Sees to it that the tests of two nodes have a `redis-server`: Debian's is installed when this is root on
 * a Debian machine. Elsewhere they are skipped, and counted as skipped.
 */
export function findOrInstallRedis(say: (line: string) => void): void {
  if (hasRedis()) return;
  if (!canInstallPackages()) {
    say(
      'No redis-server found: the tests of two nodes are skipped. REDIS_SERVER_PATH may name one.',
    );
    return;
  }
  say('No redis-server found: installing Debian’s for the tests of two nodes.');
  try {
    installPackage('redis-server');
  } catch (error) {
    say(`redis-server was not installed, its tests are skipped: ${String(error)}`);
    return;
  }
  // Debian starts a server of its own; the tests bring theirs.
  spawnSync('service', ['redis-server', 'stop'], { stdio: 'ignore' });
}
