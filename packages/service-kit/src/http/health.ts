import { Router } from 'express';

export type ReadinessCheck = () => Promise<void>;

export interface HealthOptions {
  service: string;
  version: string;
  /** The commit that the image was made of. */
  build: string;
  /** Each must answer within the deadline for the service to be ready. */
  checks: Record<string, ReadinessCheck>;
  deadlineMs?: number;
}

/** `/api/health` says the process lives; `/api/health/ready` says it can serve. */
export function healthRoutes(options: HealthOptions): Router {
  const router = Router();
  router.get('/api/health', (_req, res) => {
    res.json({
      status: 'ok',
      service: options.service,
      version: options.version,
      build: options.build,
    });
  });
  router.get('/api/health/ready', async (_req, res) => {
    const results = await Promise.all(
      Object.entries(options.checks).map(async ([name, check]) => ({
        name,
        ok: await passes(check, options.deadlineMs ?? 2000),
      })),
    );
    const ready = results.every((result) => result.ok);
    res.status(ready ? 200 : 503).json({
      status: ready ? 'ready' : 'not_ready',
      service: options.service,
      checks: Object.fromEntries(results.map((r) => [r.name, r.ok ? 'ok' : 'failed'])),
    });
  });
  return router;
}

async function passes(check: ReadinessCheck, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  const attempt = check().then(
    () => true,
    () => false,
  );
  const ok = await Promise.race([attempt, deadline]);
  clearTimeout(timer);
  return ok;
}
