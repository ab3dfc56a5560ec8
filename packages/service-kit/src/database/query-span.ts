import type { LogEvent } from 'kysely';
import { openSpan } from '../tracing/spans.ts';

/**
 * A query that is over, as a span: what it does and its table. Neither its text, which may hold a literal, nor its
 * values.
 */
export function traceQuery(event: LogEvent): void {
  const { operation, table } = queryName(event.query.sql);
  openSpan({
    name: table === undefined ? operation : `${operation} ${table}`,
    kind: 'client',
    fields: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      ...(table === undefined ? {} : { 'db.collection.name': table }),
    },
    startedAtMs: Date.now() - event.queryDurationMillis,
  })?.end({ failed: event.level === 'error' });
}

export interface QueryName {
  operation: string;
  table: string | undefined;
}

/** `for update` and `do update` write nothing by themselves. */
const writing = /\b(insert\s+into|delete\s+from|(?<!\b(?:for|do)\s+)update)\s+"?(\w+)"?/i;

/** First word and first table; a statement that gathers its rows first (`with`) is named by what it writes. */
export function queryName(sql: string): QueryName {
  const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'QUERY';
  const written = operation === 'WITH' ? writing.exec(sql) : null;
  if (written) {
    return { operation: written[1]?.split(/\s/)[0]?.toUpperCase() ?? operation, table: written[2] };
  }
  return { operation, table: /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(sql)?.[1] };
}
