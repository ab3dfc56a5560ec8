/**
 * True when a request comes from our own pages. `Sec-Fetch-Site` is set by the browser and cannot be
 * forged by a page; `Origin` is the answer for older browsers. A client that sends neither is no
 * browser, so no cookie of a visitor rides on it.
 */
export function isSameOrigin(headers: Headers, ownUrls: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return ownUrls.some((url) => new URL(url).origin === origin);
  const site = headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none';
}
