// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { applyTheme, readTheme, themeClass, themeCookie, themeOfCookies } from './theme.ts';

beforeEach(() => {
  document.documentElement.className = 'outra';
});

describe('the theme', () => {
  it('follows the device where nothing sensible was chosen', () => {
    expect([undefined, '', 'azul', 'dark '].map(readTheme)).toEqual(Array(4).fill('system'));
    expect(themeClass('system')).toBe('');
  });

  it('is found among the other cookies of a request', () => {
    expect(themeOfCookies(undefined, false)).toBe('system');
    expect(themeOfCookies(`a=1; ${themeCookie(false)}=dark; b=light`, false)).toBe('dark');
    expect(themeOfCookies(`a=1; ${themeCookie(true)}=dark`, true)).toBe('dark');
    expect(themeOfCookies(`outro.${themeCookie(false)}=dark`, false)).toBe('system');
  });

  it('is shown at once, kept in the cookie, and leaves other classes alone', () => {
    applyTheme('dark');
    expect([...document.documentElement.classList]).toEqual(['outra', 'dark']);
    expect(document.cookie).toContain(`${themeCookie(false)}=dark`);
    applyTheme('light');
    expect([...document.documentElement.classList]).toEqual(['outra', 'light']);
    applyTheme('system');
    expect([...document.documentElement.classList]).toEqual(['outra']);
    expect(readTheme(/medcall\.tema=(\w+)/.exec(document.cookie)?.[1])).toBe('system');
  });

  it('is kept for this host alone over HTTPS', () => {
    const { documentElement } = document;
    const page = { documentElement, location: { protocol: 'https:' }, cookie: '' };
    applyTheme('dark', page as unknown as Document);
    expect(page.cookie).toMatch(/^__Host-medcall\.tema=dark; path=\/; .*; samesite=lax; secure$/);
    expect(page.cookie).not.toContain('domain');
    expect(page.cookie.startsWith(`${themeCookie(true)}=`)).toBe(true);
  });
});
