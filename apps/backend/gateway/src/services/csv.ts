/** Spreadsheets run a cell that starts so as a formula (OWASP: CSV injection). */
const startsFormula = /^[=+\-@\t\r]/;

/** RFC 4180 text: header and rows, CRLF, every cell quoted, none that a spreadsheet would run. */
export function csvOf(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const inert = startsFormula.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
