import pg from 'pg';
import type { SpanFields } from './span-fields.ts';

export type SpanKind = 'server' | 'client' | 'internal';

export interface SpanPlan {
  /** A constant phrase or a route: it is what spans are grouped by. */
  name: string;
  kind?: SpanKind;
  fields?: SpanFields;
  /** The service or library that it belongs to; `medcall` by default. */
  scope?: string;
  /** W3C `traceparent` that it hangs under; what runs now by default. */
  parent?: string | undefined;
  /** When it began, in ms since the epoch; now by default. */
  startedAtMs?: number;
}

/** A span that its owner ends. */
export interface OpenSpan {
  /** For the log: 32 hexadecimal digits. */
  readonly traceId: string;
  /** Runs work whose spans hang under this one, its asynchronous rest included. */
  run<T>(work: () => T): T;
  end(outcome?: { name?: string; fields?: SpanFields; failed?: boolean }): void;
}

/** What stands behind these functions while tracing is on. */
export interface Tracing {
  /** The `traceparent` to follow where somebody outside says this one. */
  fromOutside(said: string): string | undefined;
  open(plan: SpanPlan): OpenSpan;
  within<T>(traceparent: string, work: () => T): T;
  traceparent(): string | undefined;
}

let tracing: Tracing | null = null;

/** Switches tracing on (`startTracing`) or off. The process has one, as it has one registry of metrics. */
export function useTracing(next: Tracing | null): void {
  tracing = next;
}

export function isTracing(): boolean {
  return tracing !== null;
}

/** Begins a span; null, and no work at all, while tracing is off. */
export function openSpan(plan: SpanPlan): OpenSpan | null {
  return tracing === null ? null : tracing.open(plan);
}

/**
 * Runs work as a span; without tracing it is the work and nothing else. A failure is marked with its code or
 * class, never with its message: messages repeat data.
 */
export function inSpan<T>(
  plan: SpanPlan,
  work: (say: (fields: SpanFields) => void) => Promise<T>,
): Promise<T> {
  return tracing === null ? work(nobodyHears) : runIn(tracing.open(plan), work);
}

async function runIn<T>(
  span: OpenSpan,
  work: (say: (fields: SpanFields) => void) => Promise<T>,
): Promise<T> {
  let fields: SpanFields = {};
  try {
    const result = await span.run(() =>
      work((more) => {
        fields = { ...fields, ...more };
      }),
    );
    span.end({ fields });
    return result;
  } catch (error) {
    span.end({ fields: { ...fields, 'error.type': errorType(error) }, failed: true });
    throw error;
  }
}

/** Runs work under another process's span; what is no `traceparent` is as none. */
export function withTraceparent<T>(traceparent: unknown, work: () => T): T {
  if (tracing === null || typeof traceparent !== 'string') return work();
  return tracing.within(traceparent, work);
}

/**
 * What to follow where a caller from outside says what its trace is. Where a share of the traces is kept, which is
 * chosen by a trace's id, the id becomes another one that nobody outside can know (`outside-trace.ts`): whoever could
 * choose it would decide how much we store.
 */
export function outsideTraceparent(said: unknown): string | undefined {
  return typeof said === 'string' ? tracing?.fromOutside(said) : undefined;
}

/** The W3C `traceparent` of what runs now, for whoever is asked next; undefined while tracing is off. */
export function currentTraceparent(): string | undefined {
  return tracing?.traceparent();
}

/** The same as headers of a request, none while tracing is off. */
export function traceHeaders(): Record<string, string> {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? {} : { traceparent };
}

function nobodyHears(): void {}

function errorType(error: unknown): string {
  if (!(error instanceof Error)) return 'thrown';
  // With a prefix: five figures alone might name somebody.
  if (error instanceof pg.DatabaseError && error.code) return `pg ${error.code}`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
