import { findNames, nameParts } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { mergeSpans, type SpanKind } from './spans.ts';

/**
 * Takes out of a text what says who somebody is, and puts it back into what comes of it. One masker
 * serves one exchange: the same name gets the same mark in all its texts.
 */
export interface Masker {
  /** The text with marks (`[PESSOA_1]`) in the place of names, documents, telephones and addresses. */
  mask(text: string): string;
  /** The value with all its strings masked. */
  maskIn<T>(value: T): T;
  /** The text without them, for where nobody reads marks: searches. */
  strip(text: string): string;
  /** The value with the originals in the place of the marks, in all strings of it. */
  restore<T>(value: T): T;
}

/** @param names of the people in the consultation */
export function createMasker(names: readonly string[]): Masker {
  const known = nameParts(names);
  const originals = new Map<string, string>();
  const marks = new Map<string, string>();
  const counts = new Map<SpanKind, number>();

  function markFor(kind: SpanKind, original: string): string {
    const before = marks.get(original);
    if (before) return before;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const mark = `[${kind}_${count}]`;
    marks.set(original, mark);
    originals.set(mark, original);
    return mark;
  }

  function replace(text: string, by: (kind: SpanKind, original: string) => string): string {
    const spans = mergeSpans([...findNumbers(text), ...findNames(text, known)]);
    let out = '';
    let at = 0;
    for (const { end, kind, start } of spans) {
      out += text.slice(at, start) + by(kind, text.slice(start, end));
      at = end;
    }
    return out + text.slice(at);
  }

  const mask = (text: string) => replace(text, markFor);
  const restore = (text: string) =>
    text.replace(/\[[A-Z]{3,}_\d+\]/g, (mark) => originals.get(mark) ?? mark);

  return {
    mask,
    maskIn: (value) => inStrings(value, mask),
    strip: (text) =>
      replace(text, () => '')
        .replace(/\s+/g, ' ')
        .trim(),
    restore: (value) => inStrings(value, restore),
  };
}

function inStrings<T>(value: T, change: (text: string) => string): T;
function inStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => inStrings(item, change));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, inStrings(item, change)]),
    );
  }
  return value;
}
