import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const source = z.object({
  source: z.string().min(3),
  organisation: z.string().min(3),
  year: z.number().int().min(1990).max(2100),
  url: z.url({ protocol: /^https$/ }),
  /** A second public reference gives this address; what nobody has confirmed stays false. */
  link_checked: z.boolean().default(false),
});

/** Front matter of a guideline summary; database/seeds/guidelines/README.md describes it. */
export const guidelineHead = source.extend({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(3),
  also: z.array(source).default([]),
  version: z.number().int().min(1),
  /** When the text was written: no claim that a professional has reviewed it. */
  written_at: z.iso.date(),
  review_due: z.iso.date(),
  use: z.literal('apoio-a-decisao'),
  professional_review: z.string(),
  cid10: z.array(z.string().regex(/^[A-Z]\d{2}(\.\d)?$/)).min(1),
  ciap2: z.array(z.string().regex(/^[A-Z]\d{2}$/)).min(1),
  specialty: z.array(z.string()).min(1),
  sex: z.enum(['any', 'female', 'male']),
  age: z.object({ min_years: z.number().optional(), max_years: z.number().optional() }),
  sections: z.array(z.string()).min(1),
});
export type GuidelineHead = z.infer<typeof guidelineHead>;

export interface GuidelineSection {
  id: string;
  heading: string;
  text: string;
}

export interface Guideline {
  head: GuidelineHead;
  sections: GuidelineSection[];
  /** SHA-256 of the file. */
  hash: string;
}

/** Reads one guideline summary. @throws ZodError or Error naming what is wrong with it */
export function parseGuideline(markdown: string): Guideline {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? [];
  if (front === undefined || body === undefined) throw new Error('a guideline needs front matter');
  const head = guidelineHead.parse(parse(front));
  const sections = body
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [, heading, id, text] = /^(.+?) \{#([a-z0-9-]+)\}\n([\s\S]*)$/.exec(part) ?? [];
      if (heading === undefined || id === undefined || text === undefined) {
        throw new Error(`${head.id}: a section heading needs an id: ${part.slice(0, 40)}`);
      }
      return { id, heading, text: text.replace(/\s+/g, ' ').trim() };
    });
  return { head, sections, hash: createHash('sha256').update(markdown).digest('hex') };
}

/** All guideline summaries of a folder, by file name. */
export async function readCorpus(folder: string): Promise<Guideline[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const guideline = parseGuideline(await readFile(join(folder, name), 'utf8'));
      if (`${guideline.head.id}.md` !== name) throw new Error(`${name}: id and file name differ`);
      return guideline;
    }),
  );
}

/** What is embedded for a passage: its heading says what the sentences are about. */
export function passageText(title: string, section: { heading: string; text: string }): string {
  return `${title}. ${section.heading}: ${section.text}`;
}
