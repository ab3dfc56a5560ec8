import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { securityHeaders } from '@medcall/service-kit';

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

/** Where the value of each protecting header stands among `securityHeaders`. */
const placeOf = new Map(
  securityHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), at + 1]] : [])),
);
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
    if (!mayGoOn(name)) continue;
    const lower = name.toLowerCase();
    if (perConnection?.has(lower)) continue;
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

/** Names as clients write them, judged once; no more than a hostile client may make us remember. */
const judged = new Map<string, boolean>();
const mostJudged = 500;

function mayGoOn(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const may = !hopByHop.has(lower) && !isReplaced(lower);
  if (judged.size < mostJudged) judged.set(name, may);
  return may;
}

function isReplaced(lower: string): boolean {
  // Some servers read `x_user_id` as `x-user-id`: an underscore is a dash here.
  const dashed = lower.replaceAll('_', '-');
  return replaced.has(dashed) || replacedPrefixes.some((prefix) => dashed.startsWith(prefix));
}

/**
 * Headers of an answer: what protects a browser, ours, and of the service's what goes on to the client, as names and
 * values by turns. CORS and the request id are ours to say; a protection that the service words itself is its own.
 */
export function responseHeaders(own: readonly string[], answer: IncomingHttpHeaders): string[] {
  const perConnection = connectionNames(answer.connection);
  const headers = [...securityHeaders, ...own];
  for (const lower in answer) {
    const value = answer[lower];
    if (value === undefined || isOurs(lower) || perConnection?.has(lower)) continue;
    const place = placeOf.get(lower);
    if (place !== undefined) headers[place] = String(value);
    else if (lower === 'vary') addVary(headers, String(value));
    else if (typeof value === 'string') headers.push(lower, value);
    else for (const one of value) headers.push(lower, one);
  }
  return headers;
}

function isOurs(lower: string): boolean {
  return hopByHop.has(lower) || lower === 'x-request-id' || lower.startsWith('access-control-');
}

/** Ours says Origin already; the service's words are added, not put in its place. */
function addVary(headers: string[], said: string): void {
  const at = headers.indexOf('Vary') + 1;
  if (at === 0) {
    headers.push('Vary', said);
    return;
  }
  const known = headers[at] ?? '';
  const isKnown = (word: string) => known.toLowerCase().split(', ').includes(word.toLowerCase());
  const more = said.split(',').map((word) => word.trim());
  headers[at] = [known, ...more.filter((word) => word !== '' && !isKnown(word))].join(', ');
}

/** Null for what nearly every connection says. */
function connectionNames(header: string | undefined): Set<string> | null {
  if (header === undefined || header === 'keep-alive' || header === 'close') return null;
  return new Set(header.split(',').map((name) => name.trim().toLowerCase()));
}

/** Whether a request carries a body (RFC 9112 §6): by its framing headers, not by its method. */
export function hasBody(req: IncomingMessage): boolean {
  if (req.headers['transfer-encoding'] !== undefined) return true;
  return Number(req.headers['content-length'] ?? 0) > 0;
}
