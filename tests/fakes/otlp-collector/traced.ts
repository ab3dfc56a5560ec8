import { type RunningTracing, startTracing } from '@medcall/service-kit';
import type { FakeCollector } from './fake-collector.ts';

/** Every trace of this process to the collector; the caller stops it before the collector. */
export function tracedBy(
  collector: FakeCollector,
  { logger, service }: Pick<Parameters<typeof startTracing>[0], 'logger' | 'service'>,
): Promise<RunningTracing> {
  return startTracing({
    env: {
      INTERNAL_SERVICE_SECRET: 'a secret of at least thirty-two characters',
      MEDCALL_BUILD: 'dev',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: {},
      OTEL_TRACES_SAMPLER_ARG: 1,
    },
    service,
    logger,
  });
}
