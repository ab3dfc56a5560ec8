import cors from 'cors';
import type { RequestHandler } from 'express';

/** True when a page of this origin may talk to us. Same list for REST and sockets. */
export function isAllowedOrigin(allowed: readonly string[], origin: string): boolean {
  return allowed.includes(origin) || allowed.includes('*');
}

/** CORS for the listed origins. No cookies: identity travels in the Authorization header. */
export function corsFor(allowed: readonly string[]): RequestHandler {
  return cors({
    origin: (origin, done) => done(null, origin === undefined || isAllowedOrigin(allowed, origin)),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'X-Request-Id',
      'Retry-After',
      'Content-Disposition',
      'X-Supabase-Api-Version',
    ],
    maxAge: 600,
  });
}
