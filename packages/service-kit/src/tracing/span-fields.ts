/**
 * All that a span may say. A closed list, so that a sentence of a consultation, a name or an identifier has no
 * field to stand in; what the values look like is checked as well (`safeFields`).
 */
export interface SpanFields {
  'http.request.method'?: string;
  /** The first parts of a path (`routeLabel`): no id. */
  'http.route'?: string;
  'http.response.status_code'?: number;
  'url.scheme'?: string;
  'db.system.name'?: 'postgresql';
  /** First word of the statement. */
  'db.operation.name'?: string;
  /** First table of the statement. */
  'db.collection.name'?: string;
  'medcall.database.role'?: string;
  /** `committed`, `rolled back`, `stored`, … */
  'medcall.outcome'?: string;
  'medcall.engine'?: string;
  'medcall.audio.seconds'?: number;
  'medcall.decode.priority'?: string;
  /** The code of an AppError, `pg` and a SQLSTATE, or the class of another error; never its message. */
  'error.type'?: string;
}

const longest = 60;
const plainWords = /^[\w .:/-]*$/;
/** UUIDs, CPFs, record numbers, tokens: whatever names one thing among many has a run of figures in it. */
const identifier = /[0-9a-f]{8}-|\d{5}/i;

/** A SQLSTATE is five figures too. */
const refusalOfPostgres = /^pg [\dA-Z]{5}$/;

/** The fields as they may leave: a text that looks like more than a label becomes `?`. */
export function safeFields(fields: SpanFields): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, string | number][] => {
      if (value === undefined) return [];
      if (typeof value === 'number') return [[name, Number.isFinite(value) ? value : -1]];
      const mayLeave = isLabel(value) || (name === 'error.type' && refusalOfPostgres.test(value));
      return [[name, mayLeave ? value : '?']];
    }),
  );
}

/** Whether a text is a label: short, plain, and no identifier. */
export function isLabel(text: string): boolean {
  return text.length <= longest && plainWords.test(text) && !identifier.test(text);
}
