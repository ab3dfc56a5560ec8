/** Makes a page of parts: what is put in is text, whatever it looks like. */
export function html(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((all, part, index) => all + asText(values[index - 1] ?? '') + part);
}

/** Text as it stands in a page. */
export function asText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
