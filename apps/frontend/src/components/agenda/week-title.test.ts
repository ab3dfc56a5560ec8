import { expect, it } from 'vitest';
import { weekTitle } from './week-title.ts';

it('a week names its month once, or both', () => {
  expect(weekTitle(['2026-11-22', '2026-11-28'])).toBe('22 a 28 de novembro');
  expect(weekTitle(['2026-11-29', '2026-12-05'])).toBe('29 de novembro a 5 de dezembro');
});
