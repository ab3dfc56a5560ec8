/**
 * The few kinds of schema that the page of an invited person reads its answers with, made of zod's core alone. zod and
 * zod/mini each bring all of their kinds into a page that uses one of them; this brings what stands here (decision
 * 0098). Such schemas fit into all others, and OpenAPI is made of them too; they have no methods: `parse(schema, value)`.
 */
import * as core from 'zod/v4/core';

export { parse, safeParse } from 'zod/v4/core';

export type Schema<T = unknown> = core.$ZodType<T>;
export type Of<S> = core.output<S>;
type Shape = Readonly<Record<string, core.$ZodType>>;

export function string(rule?: { min: number; max: number; pattern: RegExp }) {
  const checks = rule && [
    new core.$ZodCheckMinLength({ check: 'min_length', minimum: rule.min }),
    new core.$ZodCheckMaxLength({ check: 'max_length', maximum: rule.max }),
    new core.$ZodCheckRegex({ check: 'string_format', format: 'regex', pattern: rule.pattern }),
  ];
  return new core.$ZodString({
    type: 'string',
    ...(checks ? { checks } : {}),
  }) as core.$ZodString<string>;
}

export function uuid() {
  return new core.$ZodUUID({
    type: 'string',
    format: 'uuid',
    check: 'string_format',
    abort: false,
  });
}

/** ISO 8601 with its offset. */
export function instant() {
  return new core.$ZodISODateTime({
    type: 'string',
    format: 'datetime',
    check: 'string_format',
    offset: true,
    local: false,
    precision: null,
  });
}

export function number() {
  return new core.$ZodNumber({ type: 'number', checks: [] }) as core.$ZodNumber<number>;
}

/** A whole number, none below nothing. */
export function count() {
  return new core.$ZodNumberFormat({
    type: 'number',
    check: 'number_format',
    format: 'safeint',
    abort: false,
    checks: [new core.$ZodCheckGreaterThan({ check: 'greater_than', value: 0, inclusive: true })],
  });
}

export function boolean() {
  return new core.$ZodBoolean({ type: 'boolean' }) as core.$ZodBoolean<boolean>;
}

export function unknown() {
  return new core.$ZodUnknown({ type: 'unknown' });
}

export function literal<const T extends core.util.Literal>(value: T) {
  return new core.$ZodLiteral({ type: 'literal', values: [value] }) as core.$ZodLiteral<T>;
}

/** One of a closed set of words, which `options` lists. */
export function oneOf<const T extends readonly string[]>(options: T) {
  const entries = Object.fromEntries(options.map((word) => [word, word]));
  const schema = new core.$ZodEnum({ type: 'enum', entries }) as unknown as core.$ZodEnum<{
    [K in T[number]]: K;
  }>;
  return Object.assign(schema, { options });
}

export function object<S extends Shape>(shape: S) {
  return new core.$ZodObject({ type: 'object', shape }) as core.$ZodObject<S, core.$strip>;
}

export function array<S extends core.$ZodType>(element: S) {
  return new core.$ZodArray({ type: 'array', element }) as core.$ZodArray<S>;
}

export function optional<S extends core.$ZodType>(innerType: S) {
  return new core.$ZodOptional({ type: 'optional', innerType }) as core.$ZodOptional<S>;
}

export function nullable<S extends core.$ZodType>(innerType: S) {
  return new core.$ZodNullable({ type: 'nullable', innerType }) as core.$ZodNullable<S>;
}

export function nullish<S extends core.$ZodType>(innerType: S) {
  return optional(nullable(innerType));
}

/** A value of the browser's own: a buffer, for example. */
export function instanceOf<T>(kind: abstract new (...parts: never[]) => T) {
  return new core.$ZodCustom({
    type: 'custom',
    check: 'custom',
    fn: (value: unknown) => value instanceof kind,
  }) as core.$ZodCustom<T, T>;
}
