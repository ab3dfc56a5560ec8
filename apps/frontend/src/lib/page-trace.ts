let traced = false;
let current: { path: string; id: string } | null = null;

/** Whether requests of this page say which trace they belong to; as the server's configuration says. */
export function tracePages(on: boolean): void {
  traced = on;
}

/**
 * The W3C `traceparent` of one request or connection: a trace for each screen that is opened, a fresh parent for
 * each request. The page itself sends no spans; what it caused is found together by the trace's id.
 */
export function pageTraceparent(): string | undefined {
  if (!traced || typeof window === 'undefined') return undefined;
  const { pathname } = window.location;
  if (current?.path !== pathname) current = { path: pathname, id: randomHex(16) };
  return `00-${current.id}-${randomHex(8)}-01`;
}

/** The same as a part of headers, or of a socket's credentials; nothing where pages are not traced. */
export function traceparentField(): { traceparent?: string } {
  const traceparent = pageTraceparent();
  return traceparent === undefined ? {} : { traceparent };
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
