import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  user: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
  healthcheck: z.looseObject({ disable: z.boolean().optional() }).optional(),
  build: z
    .looseObject({ dockerfile: z.string(), args: z.record(z.string(), z.string()).default({}) })
    .optional(),
});
export type ComposeService = z.infer<typeof service>;

const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
});
export type ComposeFile = z.infer<typeof composeFile>;

/**
 * Reads a compose file as the engine would: merge keys, then `${NAME}`, `${NAME:-default}` and
 * `${NAME:?why}` from `env`. @throws Error for a variable that must be there and is not
 */
export function readCompose(file: string, env: Record<string, string | undefined>): ComposeFile {
  return composeFile.parse(readComposeDocument(file, env));
}

/** The same before it is read into types, for a schema to judge. */
export function readComposeDocument(
  file: string,
  env: Record<string, string | undefined>,
): unknown {
  const text = readFileSync(file, 'utf8');
  return interpolated(parse(text, { merge: true }), env);
}

function interpolated(node: unknown, env: Record<string, string | undefined>): unknown {
  if (typeof node === 'string') return filledIn(node, env);
  if (Array.isArray(node)) return node.map((one) => interpolated(one, env));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, interpolated(value, env)]),
  );
}

const variable = /\$\{(\w+)(?::([-?])([^}]*))?\}/g;

function filledIn(text: string, env: Record<string, string | undefined>): string {
  return text.replace(variable, (_, name: string, how: string | undefined, rest: string) => {
    const given = env[name];
    if (given !== undefined && given !== '') return given;
    if (how === '?') throw new Error(`${name}: ${rest}`);
    return how === '-' ? rest : '';
  });
}
