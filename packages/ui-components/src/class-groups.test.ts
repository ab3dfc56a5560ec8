import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { twMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { cn } from './cn.ts';

const ours = import.meta.dirname;
const pages = path.join(ours, '../../../apps/frontend/src/components');

/** The classes in a folder's quoted texts, without their variants; what Tailwind's whole table does not know is none. */
function classesOf(folder: string): Set<string> {
  const classes = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!/\.tsx$/.test(entry.name)) continue;
    const source = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, single, double] of source.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)) {
      for (const word of (single ?? double ?? '').split(' ')) {
        const bare = word.replace(/^(?:[\w-]+(?:\[[^\]]*\])?:|\[[^\]]*\]:)+/, '');
        if (bare !== '' && twMerge(`${bare} ${bare}`) === bare) classes.add(bare);
      }
    }
  }
  return classes;
}

it('decides as the whole table of Tailwind does, on every two classes that may meet', () => {
  const bases = classesOf(ours);
  const all = new Set([...bases, ...classesOf(pages)]);
  expect(bases).toContain('bg-accent-wash');
  expect(all).toContain('text-[1.0625rem]');
  const differences: string[] = [];
  for (const base of bases) {
    for (const over of all) {
      if (over === base) continue;
      for (const both of [`${base} ${over}`, `${over} ${base}`]) {
        if (cn(both) !== twMerge(both)) differences.push(`${both}: ${cn(both)}`);
      }
    }
  }
  expect(differences).toEqual([]);
}, 120_000);
