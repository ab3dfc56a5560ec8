import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether `.dockerignore` keeps a path (relative to the context) out of the images. The last rule wins. */
export function readDockerIgnore(file: string): (relative: string) => boolean {
  const rules = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ keeps: line.startsWith('!'), pattern: line.replace(/^!/, '') }));
  return (relative) => {
    let ignored = false;
    for (const { keeps, pattern } of rules) {
      if (coveredBy(relative, pattern)) ignored = !keeps;
    }
    return ignored;
  };
}

/** A rule covers what it matches and everything below it. */
function coveredBy(relative: string, pattern: string): boolean {
  const parts = relative.split('/');
  return parts.some((_, index) => path.matchesGlob(parts.slice(0, index + 1).join('/'), pattern));
}
