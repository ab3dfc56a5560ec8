import type { LogEvent } from 'kysely';
import { openSpan } from '../tracing/spans.ts';

/**
 * A query that is over, as a span: its first word and first table. Neither its text, which may hold a literal, nor
 * its values.
 */
export function traceQuery(event: LogEvent): void {
  const { sql } = event.query;
  const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'QUERY';
  const table = /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(sql)?.[1];
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
