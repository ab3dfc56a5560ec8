import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rootDir } from './system/settings.ts';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(path.join(rootDir, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

/** Targets of relative links, and paths of the repository in code marks. */
function pathsIn(document: string): string[] {
  const text = read(document);
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) =>
    path.join(path.dirname(document), match[1] ?? ''),
  );
  const marked = [
    ...text.matchAll(
      /`((?:apps|packages|database|scripts|docs|tests|models|bench)\/[\w./[\]()-]*[\w\])])`/g,
    ),
  ].map((match) => match[1] ?? '');
  return [...links, ...marked];
}

describe('the documentation', () => {
  it.each(documents)('names in %s only what is there', (document) => {
    const missing = pathsIn(document).filter((file) => !existsSync(path.join(rootDir, file)));
    expect(missing).toEqual([]);
  });

  it('gives npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? ''),
    );
    // `db:*` stands for a family.
    const unknown = named.filter(
      (name) =>
        !(name in scripts) &&
        !(name.endsWith(':') && Object.keys(scripts).some((script) => script.startsWith(name))),
    );
    expect(unknown).toEqual([]);
  });

  it('names in the table of ports only variables that .env.example has', () => {
    const table = read('docs/ARCHITECTURE.md').split('## Ports')[1]?.split('## ')[0] ?? '';
    const names = [...table.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map((match) => match[1] ?? '');
    const example = read('.env.example');
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !example.includes(`${name}=`))).toEqual([]);
  });
});
