import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

describe('retry after', () => {
  it('reads milliseconds, seconds and dates, and prefers the exact one', () => {
    expect(wait({ 'retry-after-ms': '250', 'retry-after': '1' })).toBe(250);
    expect(wait({ 'retry-after': '3' })).toBe(3000);
    expect(wait({ 'retry-after': 'Fri, 20 Nov 2026 12:00:20 GMT' })).toBe(20_000);
  });

  it('takes a date that is over for now, and words for nothing', () => {
    expect(wait({ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' })).toBe(0);
    expect(wait({ 'retry-after': 'soon' })).toBeUndefined();
    expect(wait({})).toBeUndefined();
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });
});
