import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Instructions of one task, as a file that never changes once it was used. */
export interface Prompt {
  task: string;
  version: number;
  text: string;
  /** SHA-256 of the file: stored with whatever a model wrote under it. */
  hash: string;
}

const folder = new URL('../../prompts/', import.meta.url);

/** Reads `prompts/<task>.v<version>.md`. */
export function loadPrompt(task: string, version: number): Prompt {
  const file = readFileSync(new URL(`${task}.v${version}.md`, folder));
  return {
    task,
    version,
    text: file.toString('utf8').trim(),
    hash: createHash('sha256').update(file).digest('hex'),
  };
}
