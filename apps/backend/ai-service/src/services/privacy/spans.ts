export type SpanKind =
  | 'PESSOA'
  | 'DOCUMENTO'
  | 'TELEFONE'
  | 'EMAIL'
  | 'ENDERECO'
  | 'NUMERO'
  | 'MARCA';

/** A stretch of a text that may not leave. */
export interface PrivateSpan {
  start: number;
  end: number;
  kind: SpanKind;
}

/** Spans in order without overlaps: what overlaps becomes one, of the kind that begins first. */
export function mergeSpans(spans: readonly PrivateSpan[]): PrivateSpan[] {
  const merged: PrivateSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
