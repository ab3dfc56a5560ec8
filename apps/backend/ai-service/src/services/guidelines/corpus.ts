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
  /** How people bring the matter up: finds the document, is never shown. */
  howPeopleAsk: string[];
  /** SHA-256 of all that is indexed. */
  hash: string;
}

/** What the index holds of a guideline, in order of position. */
export interface IndexedText {
  kind: 'passage' | 'how_people_ask';
  heading: string;
  text: string;
  /** What is embedded for it. */
  embedded: string;
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
  return { head, sections, howPeopleAsk: [], hash: sha256(markdown) };
}

/** All guideline summaries of a folder, by file name. */
export async function readCorpus(folder: string): Promise<Guideline[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort();
  const asked = await readHowPeopleAsk(join(folder, howPeopleAskFile));
  const corpus = await Promise.all(
    names.map(async (name) => {
      const guideline = parseGuideline(await readFile(join(folder, name), 'utf8'));
      if (`${guideline.head.id}.md` !== name) throw new Error(`${name}: id and file name differ`);
      const howPeopleAsk = asked.get(guideline.head.id) ?? [];
      return {
        ...guideline,
        howPeopleAsk,
        hash: sha256([guideline.hash, ...howPeopleAsk].join('\n')),
      };
    }),
  );
  const known = new Set(corpus.map(({ head }) => head.id));
  const unknown = [...asked.keys()].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new Error(`${howPeopleAskFile}: no such guideline: ${unknown.join(', ')}`);
  return corpus;
}

export const howPeopleAskFile = 'how-people-ask.tsv';

/** Lines `document id<TAB>how people say or ask it`, by document; empty when there is no such file. */
async function readHowPeopleAsk(path: string): Promise<Map<string, string[]>> {
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const asked = new Map<string, string[]>();
  for (const line of content.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [id, said, ...rest] = line.split('\t');
    if (!id || !said?.trim() || rest.length > 0) {
      throw new Error(`${howPeopleAskFile}: a line is "id<TAB>words": ${line}`);
    }
    asked.set(id, [...(asked.get(id) ?? []), said.trim()]);
  }
  return asked;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A guideline's sections, and behind them how people ask for it. */
export function indexedTexts({ head, sections, howPeopleAsk }: Guideline): IndexedText[] {
  const passages = sections.map(({ heading, text }) => ({
    kind: 'passage' as const,
    heading,
    text,
    embedded: passageText(head.title, { heading, text }),
  }));
  if (howPeopleAsk.length === 0) return passages;
  const text = howPeopleAsk.join('. ');
  return [
    ...passages,
    { kind: 'how_people_ask', heading: '', text, embedded: `${head.title}. ${text}` },
  ];
}

/** What is embedded for a passage: its heading says what the sentences are about. */
export function passageText(title: string, section: { heading: string; text: string }): string {
  return `${title}. ${section.heading}: ${section.text}`;
}
