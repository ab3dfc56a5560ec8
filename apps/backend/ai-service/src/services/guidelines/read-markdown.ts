import type { Section } from './split-passages.ts';

const headingLine = /^(#{1,6})\s+(.+?)\s*#*$/;

/** Sections of a Markdown document: a heading stands with its chapter ("Conduta: Febre"). */
export function readMarkdown(markdown: string, title: string): Section[] {
  const sections: { path: string[]; lines: string[] }[] = [{ path: [], lines: [] }];
  let fenced = false;
  const path: { level: number; text: string }[] = [];
  for (const line of withoutFrontMatter(markdown).split(/\r?\n/)) {
    if (/^(?:```|~~~)/.test(line)) fenced = !fenced;
    const [, marks = '', text = ''] = fenced ? [] : (headingLine.exec(line) ?? []);
    if (marks === '') {
      sections.at(-1)?.lines.push(line);
      continue;
    }
    while ((path.at(-1)?.level ?? 0) >= marks.length) path.pop();
    path.push({ level: marks.length, text: plain(text) });
    sections.push({ path: path.map((heading) => heading.text), lines: [] });
  }
  return sections.map(({ path: headings, lines }) => ({
    heading: headings.filter((heading) => heading !== title).join(': ') || title,
    text: plain(lines.join('\n')),
  }));
}

function withoutFrontMatter(markdown: string): string {
  return markdown.replace(/^\uFEFF?---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
}

/** Text without the marks of Markdown, of links their words. */
function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\{#[\w-]+\}/g, '')
    .replace(/^\s*(?:[-*+>]|\d+[.)])\s+/gm, '')
    .replace(/^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/gm, '')
    .replace(/\|/g, ' ')
    .replace(/(\*\*|__|\*|`)/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
