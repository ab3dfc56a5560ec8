import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { rootDir } from '../system/settings.ts';

/** A test by the title that stands in its file, or a chapter of a document. */
const evidence = z.union([
  z.strictObject({ file: z.string(), test: z.string().min(5) }),
  z.strictObject({ file: z.string().regex(/\.md$/), section: z.string().min(3) }),
]);

const what = {
  id: z.string().regex(/^v5\.0\.0-\d+\.\d+\.\d+$/),
  level: z.union([z.literal(1), z.literal(2)]),
  /** What is asked for, in our words: the standard's own text is at OWASP. */
  asks: z.string().min(5),
};

/** `no` is a gap or a deliberate difference; `not-applicable` has nothing that it could be asked of. */
const requirement = z.discriminatedUnion('verdict', [
  z.strictObject({
    ...what,
    verdict: z.literal('met'),
    evidence: z.array(evidence).min(1),
    note: z.string().optional(),
  }),
  z.strictObject({
    ...what,
    verdict: z.enum(['no', 'not-applicable']),
    reason: z.string().min(10),
  }),
]);
export type Requirement = z.infer<typeof requirement>;

/** The requirements of levels 1 and 2 of OWASP ASVS 5.0.0 and what is to be said of each. */
export const asvsReview = z.strictObject({
  standard: z.string(),
  levels: z.tuple([z.literal(1), z.literal(2)]),
  /** Day on which a person last went through all of them. */
  reviewed: z.iso.date(),
  requirements: z.array(requirement),
});
export type AsvsReview = z.infer<typeof asvsReview>;

export const reviewFile = path.join(rootDir, 'docs/asvs-5.0.json');
export const tableFile = path.join(rootDir, 'docs/SECURITY-ASVS.md');

export function readReview(): AsvsReview {
  return asvsReview.parse(JSON.parse(readFileSync(reviewFile, 'utf8')));
}

/** Chapter and place of a requirement, for example `[6, 2, 3]`. */
export function placeOf({ id }: Requirement): number[] {
  return id.replace('v5.0.0-', '').split('.').map(Number);
}

/** True when a test of this title stands in a source, in whichever quotes. */
export function hasTitle(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) =>
    source.includes(quote + title.replaceAll(quote, `\\${quote}`) + quote),
  );
}
