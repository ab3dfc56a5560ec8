import type { CommonEnv } from '../config/common-env.ts';
import { buildInfo } from '../http/build-info.ts';
import type { Logger } from '../logging/logger.ts';
import { useTracing } from './spans.ts';

export type TracingEnv = Pick<
  CommonEnv,
  | 'INTERNAL_SERVICE_SECRET'
  | 'MEDCALL_BUILD'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_HEADERS'
  | 'OTEL_TRACES_SAMPLER_ARG'
>;

export interface RunningTracing {
  /** Sends what is still here. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Traces this process where a collector is configured. Without one nothing of OpenTelemetry is even loaded, and
 * every span is a comparison with null. Call it before the container is made.
 */
export async function startTracing(options: {
  env: TracingEnv;
  service: string;
  logger: Logger;
}): Promise<RunningTracing> {
  const { env, logger, service } = options;
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) {
    return { flush: () => Promise.resolve(), stop: () => Promise.resolve() };
  }
  const { createOtelTracing } = await import('./otel.ts');
  const tracing = createOtelTracing({
    service,
    version: buildInfo(env.MEDCALL_BUILD).version,
    endpoint,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS,
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
    secret: env.INTERNAL_SERVICE_SECRET,
  });
  useTracing(tracing);
  // A collector that is away is no reason to fail: traces are help, not record.
  const orSay = (work: Promise<void>) =>
    work.catch((error: unknown) => logger.warn({ err: error }, 'traces were not sent'));
  return {
    flush: () => orSay(tracing.flush()),
    async stop() {
      useTracing(null);
      await orSay(tracing.stop());
    },
  };
}
