import type { SeenAnswer } from './tee-answer.ts';

/** How two answers differ; `only_…` says which of the two has a part that the other lacks. */
export type DifferenceKind =
  | 'status'
  | 'not_json'
  | 'type'
  | 'length'
  | 'value'
  | 'only_monolith'
  | 'only_services';

/** Where and how, never what: answers hold health data. */
export interface Difference {
  path: string;
  kind: DifferenceKind;
}

const mostDifferences = 50;
const deepest = 20;

/**
 * Compares the statuses and JSON bodies of one read. Items of lists are compared by their place.
 * @param ignore paths of `shadow-rules.ts`, each with what is below it
 * @returns null when there is nothing to compare: both are no JSON
 */
export function compareAnswers(
  monolith: SeenAnswer,
  services: SeenAnswer,
  ignore: readonly string[],
): Difference[] | null {
  if (monolith.status !== services.status) return [{ path: '$', kind: 'status' }];
  const [theirs, ours] = [jsonOf(monolith), jsonOf(services)];
  if (theirs === undefined && ours === undefined) {
    return monolith.body.length === 0 && services.body.length === 0 ? [] : null;
  }
  if (theirs === undefined || ours === undefined) return [{ path: '$', kind: 'not_json' }];
  const comparison = new Comparison(ignore.map(segmentsOf));
  comparison.compare(theirs.value, ours.value, []);
  return comparison.found();
}

class Comparison {
  readonly #ignore: readonly string[][];
  readonly #found = new Map<string, Difference>();

  constructor(ignore: readonly string[][]) {
    this.#ignore = ignore;
  }

  found(): Difference[] {
    return [...this.#found.values()];
  }

  compare(theirs: unknown, ours: unknown, at: readonly string[]): void {
    if (this.#isIgnored(at) || this.#found.size >= mostDifferences) return;
    const kind = kindOf(theirs);
    if (kind !== kindOf(ours)) this.#differs(at, 'type');
    else if (at.length > deepest) return;
    else if (Array.isArray(theirs) && Array.isArray(ours)) this.#lists(theirs, ours, at);
    else if (isObject(theirs) && isObject(ours)) this.#objects(theirs, ours, at);
    else if (theirs !== ours) this.#differs(at, 'value');
  }

  #lists(theirs: unknown[], ours: unknown[], at: readonly string[]): void {
    if (theirs.length !== ours.length) this.#differs(at, 'length');
    const inEach = [...at, '[]'];
    for (let i = 0; i < Math.min(theirs.length, ours.length); i += 1) {
      this.compare(theirs[i], ours[i], inEach);
    }
  }

  #objects(
    theirs: Record<string, unknown>,
    ours: Record<string, unknown>,
    at: readonly string[],
  ): void {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
      const below = [...at, key];
      if (this.#isIgnored(below)) continue;
      if (!Object.hasOwn(ours, key)) this.#differs(below, 'only_monolith');
      else if (!Object.hasOwn(theirs, key)) this.#differs(below, 'only_services');
      else this.compare(theirs[key], ours[key], below);
    }
  }

  #differs(at: readonly string[], kind: DifferenceKind): void {
    const path = written(at);
    this.#found.set(`${kind} ${path}`, { path, kind });
  }

  #isIgnored(at: readonly string[]): boolean {
    return this.#ignore.some(
      (rule) =>
        rule.length <= at.length &&
        rule.every((part, i) => part === at[i] || (part === '*' && at[i] !== '[]')),
    );
  }
}

/** A key that is no plain name may be somebody's (a map by id, by e-mail): it is not written. */
const plainName = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

function written(at: readonly string[]): string {
  return at.reduce(
    (path, part) => path + (part === '[]' ? '[]' : `.${plainName.test(part) ? part : '*'}`),
    '$',
  );
}

/** `$.items[].name` → `['items', '[]', 'name']`. */
function segmentsOf(path: string): string[] {
  return path.match(/\[\]|[^.[\]$]+/g) ?? [];
}

function jsonOf({ body, type }: SeenAnswer): { value: unknown } | undefined {
  if (!/[/+]json\b/.test(type)) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return { value };
  } catch {
    // Cut off or wrong: as good as no JSON, and told as such.
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
