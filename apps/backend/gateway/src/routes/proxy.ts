import { AppError } from '@medcall/service-kit';
import { Router } from 'express';
import { forward } from '../proxy/forward.ts';
import { isSafePath } from '../proxy/safe-path.ts';
import type { ProxyDeadlines, Upstream } from '../proxy/upstream.ts';

export interface ProxyTargets {
  realtime: Upstream;
  ai: Upstream;
}

/** First path segment under /api → the service that answers. The path itself is never rewritten. */
const proxiedPrefixes = {
  transcription: 'realtime',
  sessions: 'realtime',
  rooms: 'realtime',
  recordings: 'realtime',
  'pcm-transcription': 'realtime',
  openai: 'realtime',
  suggestions: 'ai',
  'ai-pricing': 'ai',
  guidelines: 'ai',
} as const satisfies Record<string, keyof ProxyTargets>;

/** What another service answers under a prefix that is otherwise ours (docs/decisions/0022). */
const proxiedPaths: ReadonlyArray<{ path: RegExp; service: keyof ProxyTargets }> = [
  { path: /^\/api\/clinic\/doctors\/[^/]+\/voice$/, service: 'realtime' },
];

const services = new Map<string, keyof ProxyTargets>(Object.entries(proxiedPrefixes));

/** Refuses ambiguous paths everywhere, and hands the proxied prefixes to their service. Stands before body parsers. */
export function proxyRoutes(targets: ProxyTargets, deadlines: ProxyDeadlines): Router {
  const router = Router();
  router.use((req, res, next) => {
    if (!isSafePath(req.originalUrl)) {
      throw new AppError('validation_failed', { message: 'Endereço inválido.' });
    }
    const service = serviceOf(req.originalUrl);
    if (service === undefined) next();
    else forward(targets[service], deadlines, req, res, next);
  });
  return router;
}

/**
 * The service that answers a path, or undefined for the gateway itself.
 * Exact and case-sensitive: what we match is what the service behind us will match.
 */
export function serviceOf(target: string): keyof ProxyTargets | undefined {
  const path = target.split('?', 1)[0] ?? '';
  const [, api, prefix] = path.split('/');
  if (api !== 'api' || prefix === undefined) return undefined;
  return services.get(prefix) ?? proxiedPaths.find((one) => one.path.test(path))?.service;
}
