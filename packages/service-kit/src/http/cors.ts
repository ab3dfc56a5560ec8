import cors from 'cors';
import type { RequestHandler } from 'express';

/** True when a page of this origin may talk to us. Same list for REST and sockets. */
export function isAllowedOrigin(allowed: readonly string[], origin: string): boolean {
  return allowed.includes(origin) || allowed.includes('*');
}

const exposedHeaders = [
  'X-Request-Id',
  'Retry-After',
  'Content-Disposition',
  'X-Supabase-Api-Version',
];

/**
 * What `corsFor` says in an answer that is no preflight, as names and values by turns, for answers that no Express
 * app gives.
 */
export function corsHeaders(allowed: readonly string[], origin: string | undefined): string[] {
  if (origin !== undefined && !isAllowedOrigin(allowed, origin)) return [];
  return [
    ...(origin === undefined ? [] : ['Access-Control-Allow-Origin', origin]),
    'Vary',
    'Origin',
    'Access-Control-Expose-Headers',
    exposedHeaders.join(','),
  ];
}

/** CORS for the listed origins. No cookies: identity travels in the Authorization header. */
export function corsFor(allowed: readonly string[]): RequestHandler {
  return cors({
    origin: (origin, done) => done(null, origin === undefined || isAllowedOrigin(allowed, origin)),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [...exposedHeaders],
    maxAge: 600,
  });
}
