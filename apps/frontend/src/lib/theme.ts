/** `system` follows the device; the other two are the person's own choice on this device. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A cookie, not local storage: the server draws the right colours with the first byte. */
export function themeCookie(secure: boolean): string {
  // Over HTTPS the browser takes it from this very host alone.
  return secure ? '__Host-medcall.tema' : 'medcall.tema';
}
const yearSeconds = 365 * 24 * 3600;

/** The choice behind a cookie's value; anything unknown follows the device. */
export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}

/** The same from a request's whole `Cookie` header. */
export function themeOfCookies(header: string | undefined, secure: boolean): Theme {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return readTheme(pairs.find(([name]) => name === themeCookie(secure))?.[1]);
}

/** Class of the root element; tokens.css knows both. */
export function themeClass(theme: Theme): string {
  return theme === 'system' ? '' : theme;
}

/** Shows the theme at once and keeps it for the next page. */
export function applyTheme(theme: Theme, page: Document = document): void {
  page.documentElement.classList.remove(...themes);
  if (theme !== 'system') page.documentElement.classList.add(theme);
  const secure = page.location.protocol === 'https:';
  const written = `${themeCookie(secure)}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
  page.cookie = secure ? `${written}; secure` : written;
}
