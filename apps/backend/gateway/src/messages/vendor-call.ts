import { noRedirects } from '@medcall/service-kit';
import type { SendOutcome } from './ports.ts';

export interface VendorAnswer {
  kind: 'answer';
  status: number;
  headers: Headers;
  body: unknown;
}

/** A vendor's answer, or how sure it is that the vendor never saw the question. */
export type VendorCall =
  | VendorAnswer
  | { kind: 'not_reached'; why: string }
  | { kind: 'lost'; why: string };

export interface VendorRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

const largestAnswerBytes = 1_000_000;
/** Nothing was sent yet when these happen. */
const beforeTheRequest = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** One request with a deadline for all of it, the body included. */
export async function callVendor(url: string, request: VendorRequest): Promise<VendorCall> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: request.headers,
      ...noRedirects,
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await response.text();
    return {
      kind: 'answer',
      status: response.status,
      headers: response.headers,
      body: text.length > largestAnswerBytes ? undefined : parseJson(text),
    };
  } catch (error) {
    const why = codeOf(error);
    return { kind: beforeTheRequest.has(why) ? 'not_reached' : 'lost', why };
  }
}

/** What becomes of a message whose vendor gave no answer. */
export function withoutAnswer({ kind, why }: Exclude<VendorCall, VendorAnswer>): SendOutcome {
  return { kind: kind === 'not_reached' ? 'later' : 'unknown', vendorCode: why };
}

/** `Retry-After` in milliseconds, seconds or date; undefined when it says nothing usable. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const seconds = Number(given);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(given) - now;
  return Number.isFinite(wait) && wait >= 0 ? wait : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Garbage of a proxy in between: the caller's schema refuses it.
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return error.name;
}
