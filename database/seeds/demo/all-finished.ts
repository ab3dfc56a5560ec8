import { readFile } from 'node:fs/promises';
import type { GuidelineSource } from '@medcall/shared-types';
import { lombalgia } from './consultation-lombalgia.ts';
import { urinaria } from './consultation-urinaria.ts';
import type { DemoSuggestion, FinishedConsultation } from './finished-consultation.ts';

export interface SourcedConsultation extends FinishedConsultation {
  /** One per suggestion, in order. */
  readonly sources: readonly GuidelineSource[];
}

/** The finished consultations with the guideline behind each question, read from the guidelines themselves. */
export function consultations(): Promise<SourcedConsultation[]> {
  return Promise.all(
    [urinaria, lombalgia].map(async (finished) => ({
      ...finished,
      sources: await Promise.all(finished.suggestions.map(readSource)),
    })),
  );
}

async function readSource(suggestion: DemoSuggestion): Promise<GuidelineSource> {
  const file = new URL(`../guidelines/${suggestion.guideline}.md`, import.meta.url);
  const text = await readFile(file, 'utf8');
  const field = (name: string) => {
    const value = new RegExp(`^${name}: *"?(.*?)"?$`, 'm').exec(text)?.[1];
    if (!value) throw new Error(`${suggestion.guideline}.md has no ${name}`);
    return value;
  };
  const [, section, body] =
    new RegExp(`^## (.+?) \\{#${suggestion.section}\\}\\n+([^#]+)`, 'm').exec(text) ?? [];
  if (!section || !body?.includes(suggestion.excerpt)) {
    throw new Error(
      `${suggestion.guideline}.md#${suggestion.section} does not say: ${suggestion.excerpt}`,
    );
  }
  return {
    documentId: field('id'),
    title: field('title'),
    source: field('source'),
    year: Number(field('year')),
    section,
    url: field('url'),
    excerpt: suggestion.excerpt,
  };
}
