import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTitle, placeOf, readReview, tableFile } from '../../scripts/lib/asvs/asvs.ts';
import { asvsTable } from '../../scripts/lib/asvs/table.ts';
import { rootDir } from '../../scripts/lib/system/settings.ts';

/** The requirements of OWASP ASVS 5.0.0 by level, as its own list gives them; level 3 is left out. */
const standard = {
  1: `
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1
    2.1.1 2.2.1 2.2.2 2.3.1
    3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
    4.1.1 4.4.1
    5.2.1 5.2.2 5.3.1 5.3.2
    6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
    7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
    8.1.1 8.2.1 8.2.2 8.3.1
    9.1.1 9.1.2 9.1.3 9.2.1
    10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
    11.3.1 11.3.2 11.4.1
    12.1.1 12.2.1 12.2.2
    13.4.1
    14.2.1 14.3.1
    15.1.1 15.2.1 15.3.1
  `,
  2: `
    1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3 1.5.2
    2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1
    3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1 3.7.2
    4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4
    5.1.1 5.2.3 5.4.1 5.4.2 5.4.3
    6.1.2 6.1.3 6.2.9 6.2.10 6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
    7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2
    8.1.2 8.2.3 8.4.1
    9.2.2 9.2.3 9.2.4
    10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3
    11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3 11.4.2 11.4.3 11.4.4 11.5.1 11.6.1
    12.1.2 12.1.3 12.3.1 12.3.2 12.3.3 12.3.4
    13.1.1 13.2.1 13.2.2 13.2.3 13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5
    14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3
    15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7
    16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3
    17.1.1 17.2.1 17.2.2 17.2.3 17.2.4 17.3.1 17.3.2
  `,
};
const numbers = (level: 1 | 2) => standard[level].trim().split(/\s+/);

const review = readReview();
const places = new Map(review.requirements.map((one) => [placeOf(one).join('.'), one]));

describe('the table of OWASP ASVS 5.0.0', () => {
  it('has every requirement of levels 1 and 2, once, and no other', () => {
    expect(numbers(1)).toHaveLength(70);
    expect(numbers(2)).toHaveLength(183);
    expect(review.requirements).toHaveLength(253);
    for (const level of [1, 2] as const) {
      const own = [...places].filter(([, one]) => one.level === level).map(([place]) => place);
      expect(own.sort()).toEqual(numbers(level).sort());
    }
  });

  it('counts them by chapter as the standard does', () => {
    const count = Array.from(
      { length: 17 },
      (_, index) => review.requirements.filter((one) => placeOf(one)[0] === index + 1).length,
    );
    expect(count).toEqual([27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]);
  });

  it.each(review.requirements.filter(({ verdict }) => verdict === 'met'))(
    'names for $id only tests and chapters that are there',
    (one) => {
      if (one.verdict !== 'met') throw new Error('unreachable');
      for (const proof of one.evidence) {
        const file = path.join(rootDir, proof.file);
        expect(existsSync(file), proof.file).toBe(true);
        const source = readFileSync(file, 'utf8');
        if ('section' in proof) {
          expect(source.split('\n'), proof.section).toContain(`## ${proof.section}`);
        } else {
          expect(proof.file).toMatch(/\.test\.tsx?$/);
          expect(hasTitle(source, proof.test), `${proof.file}: ${proof.test}`).toBe(true);
        }
      }
    },
  );

  it('would see a test that is gone', () => {
    const source = "it('is there', () => {}); it(\"it's there\", f); it('it\\'s this', f);";
    expect(hasTitle(source, 'is there')).toBe(true);
    expect(hasTitle(source, "it's there")).toBe(true);
    expect(hasTitle(source, "it's this")).toBe(true);
    expect(hasTitle(source, 'is')).toBe(false);
    expect(hasTitle(source, 'is there no more')).toBe(false);
  });

  it('is written into the document (npm run docs:asvs)', () => {
    expect(readFileSync(tableFile, 'utf8')).toBe(asvsTable(review));
  });
});
