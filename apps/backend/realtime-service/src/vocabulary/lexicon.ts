import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const LEXICON_KINDS = ['drug', 'exam', 'condition'] as const;
export type LexiconKind = (typeof LEXICON_KINDS)[number];

const entrySchema = z.object({
  term: z.string().min(2),
  kind: z.enum(LEXICON_KINDS),
  source: z.string().min(2),
  /** Is the term on a list of what primary care has at hand? Such a word is the likelier one to have been said. */
  common: z.enum(['', 'common']).transform((mark) => mark === 'common'),
});

/** One medical term as it is written, with the source that it comes from (see data/lexicon/README.md). */
export type LexiconEntry = z.infer<typeof entrySchema>;

/**
 * Reads a lexicon: lines of `term TAB kind TAB source TAB common?`, lines that start with # are comments.
 * @throws Error that names the first line out of form
 */
export function readLexicon(path: string): LexiconEntry[] {
  const entries: LexiconEntry[] = [];
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [term, kind, source, common = ''] = line.split('\t');
    const parsed = entrySchema.safeParse({ term, kind, source, common });
    if (!parsed.success)
      throw new Error(`${path}:${index + 1}: not a lexicon entry`, { cause: parsed.error });
    entries.push(parsed.data);
  }
  return entries;
}
