import { expect, it } from 'vitest';
import { engineName } from './engine-names.ts';

it.each([
  ['embedded:whisper-base', 'Whisper base, neste servidor'],
  ['embedded', 'Motor próprio, neste servidor'],
  ['embedded-retrieval', 'Motor próprio, neste servidor'],
  ['azure:gpt-4o', 'Gpt 4o'],
  ['whisper-1', 'Whisper 1'],
])('%s reads "%s"', (engine, name) => {
  expect(engineName(engine)).toBe(name);
});
