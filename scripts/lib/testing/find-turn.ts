import { spawnSync } from 'node:child_process';
import { hasTurn } from '../../../tests/support/turn.ts';
import { canInstallPackages, installPackage } from './debian-packages.ts';

/**
 * Sees to it that the relay's tests have a `turnserver`: Debian's coturn is installed when this is root on a
 * Debian machine. Elsewhere they are skipped, and counted as skipped.
 */
export function findOrInstallTurn(say: (line: string) => void): void {
  if (hasTurn()) return;
  if (!canInstallPackages()) {
    say('No turnserver found: the tests of the relay are skipped. TURNSERVER_PATH may name one.');
    return;
  }
  say('No turnserver found: installing Debian’s coturn for the tests of the relay.');
  try {
    installPackage('coturn');
  } catch (error) {
    say(`coturn was not installed, its tests are skipped: ${String(error)}`);
    return;
  }
  // Debian starts a server of its own; the tests bring theirs.
  spawnSync('service', ['coturn', 'stop'], { stdio: 'ignore' });
}
