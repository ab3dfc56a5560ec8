import { isInterruption } from './abort-on-signal.ts';
import { printFailure } from './console.ts';

/** Runs a script to its end: exit 0 when it is done or was interrupted, 1 with a sentence when it failed. */
export function runScript(script: () => Promise<void>): void {
  script().then(
    () => process.exit(0),
    (error: unknown) => {
      if (isInterruption(error)) process.exit(0);
      printFailure(error);
      process.exit(1);
    },
  );
}
