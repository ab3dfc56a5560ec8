import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './project-root.ts';

const injection = z.object({
  id: z.string(),
  channel: z.enum(['paciente', 'documento']),
  language: z.enum(['pt', 'en']),
  goal: z.enum(['instrucao', 'outra_consulta', 'paciente']),
  text: z.string(),
  writes: z.array(z.string()),
  betrays: z.string(),
});
export type Injection = z.infer<typeof injection>;

/** Texts that try to give a model orders; tests/injections describes them. */
export const injections: readonly Injection[] = z
  .array(injection)
  .parse(
    JSON.parse(readFileSync(resolve(projectRoot, 'tests/injections/injections.json'), 'utf8')),
  );
