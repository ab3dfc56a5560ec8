import { AppError } from '@medcall/service-kit';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Section } from './split-passages.ts';

const mostPages = 400;
const leastCharacters = 200;

/**
 * Sections of a PDF's text. A PDF has no headings: short lines that are numbered or in capitals are
 * taken for them, and where there are none the page is the section.
 * @throws AppError validation_failed for a file that is no PDF, is protected, too long or only pictures
 */
export async function readPdf(file: Uint8Array): Promise<Section[]> {
  const pages = await pagesOf(file);
  if (pages.join('').trim().length < leastCharacters) {
    throw refused('O PDF não tem texto: parece digitalizado.');
  }
  return sectionsOf(pages);
}

async function pagesOf(file: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(file).catch((cause: unknown) => {
    throw refused('O arquivo não é um PDF que se possa ler.', cause);
  });
  try {
    if (document.numPages > mostPages) throw refused(`O PDF tem mais de ${mostPages} páginas.`);
    const { text } = await extractText(document, { mergePages: false });
    return text;
  } finally {
    await document.loadingTask.destroy();
  }
}

const longestHeading = 90;
const numbered = /^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+\p{Lu}/u;

/** Lines under headings; lines that stand on many pages (running heads, page numbers) are left out. */
export function sectionsOf(pages: readonly string[]): Section[] {
  const repeated = repeatedLines(pages);
  const sections: Section[] = [];
  pages.forEach((page, at) => {
    let current: Section = { heading: `Página ${at + 1}`, text: '' };
    const last = sections.at(-1);
    // A section goes on over the page, unless nothing but pages divide the document.
    if (last && !last.heading.startsWith('Página ')) current = last;
    else sections.push(current);
    for (const raw of page.split('\n')) {
      const line = raw.replace(/\s+/g, ' ').trim();
      if (line === '' || /^\d{1,4}$/.test(line) || repeated.has(line)) continue;
      if (isHeading(line)) {
        current = { heading: line, text: '' };
        sections.push(current);
      } else {
        // A word that was cut at the end of its line is one word.
        current.text = current.text.endsWith('-')
          ? current.text.slice(0, -1) + line
          : `${current.text} ${line}`;
      }
    }
  });
  return sections.filter(({ text }) => text.trim() !== '');
}

function isHeading(line: string): boolean {
  if (line.length > longestHeading || /[.;,:]$/.test(line)) return false;
  const letters = line.replace(/[^\p{L}]/gu, '');
  return numbered.test(line) || (letters.length >= 4 && letters === letters.toUpperCase());
}

function repeatedLines(pages: readonly string[]): Set<string> {
  const seen = new Map<string, number>();
  for (const page of pages) {
    for (const line of new Set(page.split('\n').map((raw) => raw.replace(/\s+/g, ' ').trim()))) {
      seen.set(line, (seen.get(line) ?? 0) + 1);
    }
  }
  const often = Math.max(3, pages.length / 2);
  return new Set([...seen].filter(([, count]) => count >= often).map(([line]) => line));
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError('validation_failed', { message, cause });
}
