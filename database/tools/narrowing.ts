/** What a running, older version could trip over, with how it is written. */
const forms: Array<[what: string, form: RegExp]> = [
  [
    'drops what may be in use',
    /\bdrop\s+(?:table|column|view|materialized\s+view|type|schema|sequence|function)\b/i,
  ],
  ['renames', /\brename\s+(?:to|column|constraint)\b/i],
  ['changes a type', /\balter\s+(?:column\s+)?\w+\s+(?:set\s+data\s+)?type\b/i],
  ['makes a column required', /\balter\s+(?:column\s+)?\w+\s+set\s+not\s+null\b/i],
  [
    'takes a right away',
    /\brevoke\s+(?:select|insert|update|delete|all)[^;]*\bon\s+(?:table\s+)?public\.\w+[^;]*\bfrom\s+[^;]*(?:authenticated|service_role|medcall_\w+)/i,
  ],
];

/**
 * Statements of a migration that narrow the schema. Old and new version run side by side during a roll-out,
 * and the schema goes first: what the old one uses has to stay until it is gone (expand, then contract).
 */
export function narrowings(sql: string): string[] {
  const bare = sql.replaceAll(/--[^\n]*/g, '');
  const found = forms.flatMap(([what, form]) => (form.test(bare) ? [what] : []));
  return [...found, ...requiredColumns(bare)];
}

/** A new column that is required and has no default: the old version's inserts leave it out. */
function requiredColumns(sql: string): string[] {
  const added = sql.matchAll(/\badd\s+column\s+(?:if\s+not\s+exists\s+)?(\w+)\s+([^,;]*)/gi);
  return [...added].flatMap(([, name, rest = '']) =>
    /\bnot\s+null\b/i.test(rest) && !/\b(?:default|generated)\b/i.test(rest)
      ? [`adds the required column ${name} without a default`]
      : [],
  );
}
