import { z } from 'zod';

type Json = Record<string, unknown>;

/** Keywords that strict mode takes; bounds and patterns are checked by zod when the answer is here. */
const taken = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  'description',
]);

/**
 * JSON schema of an answer in the subset that OpenAI's structured outputs take: every key required,
 * nothing besides, no bounds (platform.openai.com, "Structured outputs", supported schemas).
 */
export function strictSchema(answer: z.ZodObject): Json {
  return strip(z.toJSONSchema(answer, { io: 'output' }));
}

function strip(node: unknown): Json {
  if (!isObject(node)) return {};
  const kept = Object.entries(node).filter(([key]) => taken.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, stripValue(key, value)]));
}

function stripValue(key: string, value: unknown): unknown {
  switch (key) {
    case 'properties':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, child]) => [name, strip(child)]))
        : value;
    case 'items':
      return strip(value);
    case 'anyOf':
      return Array.isArray(value) ? value.map(strip) : value;
    default:
      return value;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
