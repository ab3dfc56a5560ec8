import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector},\n`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--mc-([a-z-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2.2, 1.4.3. */
function contrast(a: string, b: string): number {
  const [hi = 0, lo = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const textPairs = [
  ['ink', 'paper'],
  ['ink', 'ground'],
  ['ink', 'accent-wash'],
  ['ink-soft', 'paper'],
  ['ink-soft', 'ground'],
  ['ink-soft', 'accent-wash'],
  ['accent', 'paper'],
  ['accent', 'ground'],
  ['accent', 'accent-wash'],
  ['accent-hover', 'paper'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['danger', 'paper'],
  ['danger', 'ground'],
  ['danger', 'danger-wash'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['warning', 'paper'],
  ['warning', 'warning-wash'],
  ['ink', 'warning-wash'],
  ['ink', 'danger-wash'],
  ['ink', 'ok-wash'],
  ['ok', 'paper'],
  ['ok', 'ok-wash'],
  ['ok', 'ground'],
  ['warning', 'ground'],
  ['ink-soft', 'ok-wash'],
  ['ink-soft', 'warning-wash'],
  ['ink-soft', 'danger-wash'],
  ['accent-hover', 'ground'],
  ['accent-hover', 'accent-wash'],
  ['on-stage', 'stage'],
  ['stage-soft', 'stage'],
] as const;

describe.each([
  ['light', ':root'],
  ['dark', '.dark'],
])('tokens, %s', (_theme, selector) => {
  const tokens = tokensOf(selector);

  it.each(textPairs)('%s on %s can be read (4.5:1)', (front, back) => {
    expect(contrast(tokens[front] ?? '', tokens[back] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['line-strong', 'paper'],
    ['line-strong', 'ground'],
    ['accent', 'ground'],
  ])('the edge %s stands out from %s (3:1)', (front, back) => {
    expect(contrast(tokens[front] ?? '', tokens[back] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

it('paper is printed with the light set', () => {
  expect(css.slice(0, css.indexOf('.dark,')).trimEnd()).toMatch(/@media screen \{$/);
});

it('the class and the system preference give the same dark set', () => {
  expect(tokensOf(':root:not(.light, .dark)')).toEqual(tokensOf('.dark'));
});

it('a backdrop that inherits nothing has its colours too, of each set', () => {
  for (const block of css.matchAll(/([^{}]*)\{[^{}]*--mc-scrim:/g)) {
    expect(block[1]).toMatch(/,\s+(\S.* )?::backdrop $/);
  }
  expect(css.match(/--mc-scrim:/g)).toHaveLength(3);
});
