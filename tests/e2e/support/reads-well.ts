import { errorFaces } from '@medcall/shared-types';
import type { Page } from 'playwright-core';

const codes = Object.keys(errorFaces).filter((code) => code.includes('_'));
/** What a program says when nobody wrote the sentence. */
const raw = new RegExp(
  [
    String.raw`\b(undefined|null|NaN|TypeError|ReferenceError|Unhandled|ECONN\w+|fetch failed|status code \d+)\b`,
    String.raw`\[object \w+\]|Invalid Date|\bError:`,
    `\\b(${codes.join('|')})\\b`,
  ].join('|'),
);
/** Words that no Portuguese sentence has. Two of them in one line make an English one. */
const english = new Set(
  'the and with your please failed loading found this that from you cannot could should was were is are not of to it have has try again click submit sign page'.split(
    ' ',
  ),
);

/** A guideline's source under its own name, with its year: not a sentence of ours. */
const publication = / · (19|20)\d{2}\b/;

const whatIsRead = `(() => {
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
  const said = [...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')]
    .filter(shown)
    .flatMap((element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)))
    .filter(Boolean);
  return [document.title, ...document.body.innerText.split('\\n'), ...said];
})()`;

/** Lines on the page, and names that a screen reader says, which are no Portuguese sentence but a program's. */
export async function misread(page: Page): Promise<string[]> {
  const lines = await page.evaluate<string[]>(whatIsRead);
  const language = await page.evaluate<string>('document.documentElement.lang');
  const wrong = lines.filter(
    (line) => raw.test(line) || (isEnglish(line) && !publication.test(line)),
  );
  return language === 'pt-BR' ? wrong : [...wrong, `lang=${language}`];
}

export function isEnglish(line: string): boolean {
  const words = new Set(line.toLowerCase().match(/[a-zà-ú]+/g) ?? []);
  return [...words].filter((word) => english.has(word)).length >= 2;
}
