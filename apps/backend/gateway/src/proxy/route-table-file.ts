import { readFile } from 'node:fs/promises';
import { type Logger, repeatEvery } from '@medcall/service-kit';
import { parseRouteTable, type RouteTable } from './route-table.ts';

export interface RouteTableSource {
  current(): RouteTable;
  /** Called with the table before and the one now in force. */
  onChange(listener: (before: RouteTable, after: RouteTable) => void): void;
  /** @throws Error when the file is missing or wrong: at start there is no last good table to keep */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A table that never changes. */
export function fixedRouteTable(table: RouteTable): RouteTableSource {
  return {
    current: () => table,
    onChange: () => undefined,
    start: async () => undefined,
    stop: async () => undefined,
  };
}

/**
 * Reads the table anew every `everyMs`: watching by events misses a mounted ConfigMap, whose link is
 * swapped, and network folders. A wrong file leaves the last good table in force and an error in the log.
 */
export function routeTableFile(options: {
  path: string;
  everyMs: number;
  logger: Logger;
}): RouteTableSource {
  const { path, everyMs, logger } = options;
  const listeners: ((before: RouteTable, after: RouteTable) => void)[] = [];
  let text: string | undefined;
  let table: RouteTable | undefined;
  let reading: { stop(): Promise<void> } | undefined;
  let complaint: string | undefined;

  const current = () => {
    if (!table) throw new Error('the route table is read at start');
    return table;
  };
  const readAgain = async () => {
    const found = await readFile(path, 'utf8');
    complaint = undefined;
    if (found === text) return;
    // Remembered before it is parsed: a wrong file is complained of once, not every second.
    text = found;
    const before = current();
    table = parseRouteTable(found);
    logger.info({ path, table: JSON.parse(found) }, 'route table changed');
    for (const listener of listeners) listener(before, table);
  };

  return {
    current,
    onChange: (listener) => listeners.push(listener),
    async start() {
      text = await readFile(path, 'utf8');
      table = parseRouteTable(text);
      logger.info({ path, table: JSON.parse(text) }, 'route table in force');
      reading = repeatEvery(everyMs, readAgain, (error) => {
        const message = error instanceof Error ? error.message : String(error);
        if (message === complaint) return;
        complaint = message;
        logger.error(
          { err: error, path },
          'route table is wrong: the last good one stays in force',
        );
      });
    },
    async stop() {
      await reading?.stop();
    },
  };
}
