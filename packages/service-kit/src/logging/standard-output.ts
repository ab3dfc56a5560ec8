import { type DestinationStream, pino } from 'pino';

const bufferedBytes = 8_192;
const flushEveryMs = 100;
/** pino's number of `warn`: from there on a line is written before anything else happens. */
const urgent = 40;

let output: DestinationStream | undefined;

/**
 * Standard output of this process. Lines below `warn` leave together, within 100 ms: a write for each would be a
 * tenth of what the gateway spends on a request. `kill -9` loses those of the last moment and nothing worse.
 */
export function standardOutput(): DestinationStream {
  output ??= open();
  return output;
}

function open(): DestinationStream {
  const stream = pino.destination({
    dest: 1,
    sync: true,
    minLength: bufferedBytes,
    periodicFlush: flushEveryMs,
  });
  process.on('exit', () => stream.flushSync());
  return {
    // Asks pino to say what level a line has (`lastLevel`).
    [Symbol.for('pino.metadata')]: true,
    lastLevel: 0,
    write(line: string) {
      stream.write(line);
      if (this.lastLevel >= urgent) stream.flushSync();
    },
    flushSync: () => stream.flushSync(),
  } as DestinationStream & { lastLevel: number };
}
