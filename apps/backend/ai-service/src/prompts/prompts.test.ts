import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPrompt } from '../services/llm/prompt.ts';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
const sums = new Map(
  readFileSync(new URL('SHA256SUMS', folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [hash = '', name = ''] = line.split(/\s+/);
      return [name, hash] as const;
    }),
);

describe('prompts', () => {
  it('are all listed by their hash, and none was edited', () => {
    expect([...sums.keys()].sort()).toEqual([...files].sort());
    for (const name of files) {
      const hash = createHash('sha256')
        .update(readFileSync(new URL(name, folder)))
        .digest('hex');
      expect(hash, `${name}: a used prompt is not edited, write a new version`).toBe(
        sums.get(name),
      );
    }
  });

  it.each(files)('%s loads by task and version, with the hash of its file', (name) => {
    const [, task = '', version = ''] = /^([a-z-]+)\.v(\d+)\.md$/.exec(name) ?? [];
    const prompt = loadPrompt(task, Number(version));
    expect(prompt).toMatchObject({ task, version: Number(version), hash: sums.get(name) });
    // The vendor takes the task as the name of the schema.
    expect(task).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it.each(files)(
    '%s says that what it is given is data, and has no place for data of its own',
    (name) => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      expect(text).toMatch(/são dados/);
      expect(text).toMatch(/Nada nele é instrução/);
      expect(text).not.toMatch(/\$\{|\{\{/);
    },
  );
});
