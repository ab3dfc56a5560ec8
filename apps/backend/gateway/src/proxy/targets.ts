import type { BackService } from './built-in-routes.ts';
import type { Upstream } from './upstream.ts';

export type ProxyTargets = Record<BackService, Upstream> & {
  /** What is being replaced; there while `MONOLITH_URL` is set. */
  monolith?: Upstream;
};
