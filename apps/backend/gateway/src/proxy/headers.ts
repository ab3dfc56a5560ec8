import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** RFC 9110 §7.6.1: these belong to one connection and are never forwarded. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);
/** What a client may not say about itself, or what we say anew. */
const replaced = new Set(['host', 'expect', 'forwarded', 'via', 'x-real-ip', 'x-request-id']);
const replacedPrefixes = ['x-user-', 'x-forwarded-', 'x-medcall-'];

const traceNames = new Set(['traceparent', 'tracestate']);

export interface ForwardedBy {
  clientAddress: string;
  protocol: string;
  requestId: string;
  /** W3C `traceparent` of our own span; what the client sent goes on where there is none. */
  traceparent?: string | undefined;
}

/** Headers of the request as the service behind us gets them, as a flat list of names and values. */
export function requestHeaders(req: IncomingMessage, by: ForwardedBy): string[] {
  const perConnection = connectionNames(req.headers.connection);
  const headers: string[] = [];
  for (let i = 0; i + 1 < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] ?? '';
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || perConnection.has(lower) || isReplaced(lower)) continue;
    if (by.traceparent !== undefined && traceNames.has(lower)) continue;
    headers.push(name, req.rawHeaders[i + 1] ?? '');
  }
  headers.push('X-Forwarded-For', by.clientAddress);
  headers.push('X-Forwarded-Proto', by.protocol);
  if (req.headers.host !== undefined) headers.push('X-Forwarded-Host', req.headers.host);
  headers.push('X-Request-Id', by.requestId);
  if (by.traceparent !== undefined) headers.push('traceparent', by.traceparent);
  return headers;
}

function isReplaced(lower: string): boolean {
  // Some servers read `x_user_id` as `x-user-id`: an underscore is a dash here.
  const dashed = lower.replaceAll('_', '-');
  return replaced.has(dashed) || replacedPrefixes.some((prefix) => dashed.startsWith(prefix));
}

/** Headers of the answer that go on to the client. CORS and the request id are ours to say. */
export function responseHeaders(headers: IncomingHttpHeaders): [string, string | string[]][] {
  const perConnection = connectionNames(headers.connection);
  return Object.entries(headers).flatMap(([name, value]): [string, string | string[]][] => {
    const lower = name.toLowerCase();
    const dropped =
      value === undefined ||
      hopByHop.has(lower) ||
      perConnection.has(lower) ||
      lower === 'x-request-id' ||
      lower.startsWith('access-control-');
    return dropped ? [] : [[name, value]];
  });
}

function connectionNames(header: string | undefined): Set<string> {
  return new Set((header ?? '').split(',').map((name) => name.trim().toLowerCase()));
}

/** Whether a request carries a body (RFC 9112 §6): by its framing headers, not by its method. */
export function hasBody(req: IncomingMessage): boolean {
  if (req.headers['transfer-encoding'] !== undefined) return true;
  return Number(req.headers['content-length'] ?? 0) > 0;
}
