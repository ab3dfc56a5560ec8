import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(
  /\/\*.*?\*\//gs,
  '',
);

/** Each token with its two values; throws where one has not both. */
const tokens = [...css.matchAll(/--mc-([a-z-]+):\s*([^;]*);/g)]
  .filter(([, name]) => name !== 'light' && name !== 'dark')
  .map(([, name = '', value = '']) => {
    const both = /^var\(\s*--mc-light,\s*(.+?)\s*\)\s+var\(\s*--mc-dark,\s*(.+?)\s*\)$/s.exec(
      value,
    );
    if (!both) throw new Error(`${name} has no light and dark value: ${value}`);
    return { name, light: both[1] ?? '', dark: both[2] ?? '' };
  });

/** Selectors under which a theme is switched on, with what encloses them. */
function switchedOn(theme: 'light' | 'dark'): string[] {
  const other = theme === 'dark' ? 'light' : 'dark';
  return [...css.matchAll(/([^{};]+)\{([^{}]*)\}/g)]
    .filter(([, , body = '']) => body.includes(`--mc-${theme}: initial;`))
    .map(([, selector = '', body = '']) => {
      expect(body).toContain(`--mc-${other}: ;`);
      expect(body).toContain(`color-scheme: ${theme};`);
      return selector
        .replace(/\/\*.*?\*\//gs, '')
        .replace(/\s+/g, ' ')
        .trim();
    });
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

describe.each(['light', 'dark'] as const)('tokens, %s', (theme) => {
  const colours = Object.fromEntries(tokens.map((token) => [token.name, token[theme]]));

  it.each(textPairs)('%s on %s can be read (4.5:1)', (front, back) => {
    expect(contrast(colours[front] ?? '', colours[back] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['line-strong', 'paper'],
    ['line-strong', 'ground'],
    ['accent', 'ground'],
  ])('the edge %s stands out from %s (3:1)', (front, back) => {
    expect(contrast(colours[front] ?? '', colours[back] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

it('each token is written once', () => {
  expect(new Set(tokens.map(({ name }) => name)).size).toBe(tokens.length);
  expect(tokens.length).toBeGreaterThan(20);
});

it('light is the start, dark the class or the system’s preference, and backdrops are named with each', () => {
  expect(switchedOn('light')).toEqual([':root, ::backdrop']);
  expect(switchedOn('dark')).toEqual([
    '.dark, .dark ::backdrop',
    ':root:not(.light, .dark), :root:not(.light, .dark) ::backdrop',
  ]);
});

it('paper is printed with the light set', () => {
  const dark = [...css.matchAll(/@media ([^{]+)\{\s*[^{}]+\{[^{}]*--mc-dark: initial;/g)];
  expect(dark.map(([, media = '']) => media.trim())).toEqual([
    'screen',
    'screen and (prefers-color-scheme: dark)',
  ]);
});
