import { z } from 'zod';

const node: z.ZodType<SchemaNode> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.unknown().optional(),
    items: node.optional(),
    anyOf: z.array(node).optional(),
  }),
);
interface SchemaNode {
  [key: string]: unknown;
  type?: string | string[] | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
  additionalProperties?: unknown;
  items?: SchemaNode | undefined;
  anyOf?: SchemaNode[] | undefined;
}

const unsupported = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'default',
  'oneOf',
  'allOf',
];

/** What the vendor's strict mode says against a schema; undefined when it takes it. */
export function strictComplaint(schema: unknown): string | undefined {
  const parsed = node.safeParse(schema);
  if (!parsed.success) return 'schema is not a JSON schema';
  return check(parsed.data, []);
}

function check(at: SchemaNode, path: string[]): string | undefined {
  const here = `In context=(${path.map((step) => `'${step}'`).join(', ')})`;
  const keyword = unsupported.find((name) => name in at);
  if (keyword) return `${here}, '${keyword}' is not permitted.`;
  if (at.type === 'object') {
    if (at.additionalProperties !== false) {
      return `${here}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const names = Object.keys(at.properties ?? {});
    const missing = names.find((name) => !at.required?.includes(name));
    if (missing) return `${here}, 'required' must include every key; missing '${missing}'.`;
  }
  for (const [name, child] of Object.entries(at.properties ?? {})) {
    const found = check(child, [...path, 'properties', name]);
    if (found) return found;
  }
  if (at.items) return check(at.items, [...path, 'items']);
  for (const child of at.anyOf ?? []) {
    const found = check(child, [...path, 'anyOf']);
    if (found) return found;
  }
  return undefined;
}
