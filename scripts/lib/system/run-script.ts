import { isInterruption } from './abort-on-signal.ts';
import { printFailure } from './console.ts';

/**
 * Runs a script to its end: exit with `process.exitCode` when it is done (0 unless it says so), 0 when it was
 * interrupted, 1 with a sentence when it failed.
 */
export function runScript(script: () => Promise<void>): void {
  script().then(
    () => process.exit(),
    (error: unknown) => {
      if (isInterruption(error)) process.exit(0);
      printFailure(error);
      process.exit(1);
    },
  );
}
