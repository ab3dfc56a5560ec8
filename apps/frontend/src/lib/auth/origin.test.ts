import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './origin.ts';

const own = ['https://medcall.example'];

describe('isSameOrigin', () => {
  it.each([
    [{ origin: 'https://medcall.example' }, true],
    [{ origin: 'https://mal.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'http://medcall.example' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{}, true],
  ])('%j → %s', (headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), own)).toBe(expected);
  });
});
