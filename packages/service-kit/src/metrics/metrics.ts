import { errorCode } from '@medcall/shared-types';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What Prometheus reads of this process. One registry a process, because a process is what is scraped; two
 * services in one process (tests) add up.
 */
const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'medcall_' });

const registers = [registry];
const secondsUpTo10 = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const metrics = {
  requests: new Histogram({
    name: 'medcall_http_request_seconds',
    help: 'Answered requests by the first part of their path',
    labelNames: ['service', 'method', 'route', 'status'],
    buckets: secondsUpTo10,
    registers,
  }),
  errors: new Counter({
    name: 'medcall_errors_total',
    help: 'Errors that a caller was told, by code',
    labelNames: ['code'],
    registers,
  }),
  shadowReads: new Counter({
    name: 'medcall_shadow_reads_total',
    help: 'Reads that were compared with the other side of a migration, by route and what came of it',
    labelNames: ['route', 'outcome'],
    registers,
  }),
  shadowDifferences: new Counter({
    name: 'medcall_shadow_differences_total',
    help: 'Places in which the two answers of a compared read differ, by route and kind',
    labelNames: ['route', 'kind'],
    registers,
  }),
  transactions: new Histogram({
    name: 'medcall_database_transaction_seconds',
    help: 'Database transactions by role, waiting for a connection included',
    labelNames: ['role', 'outcome'],
    buckets: secondsUpTo10,
    registers,
  }),
  systemUses: new Counter({
    name: 'medcall_database_system_uses_total',
    help: 'Transactions past the policies, by reason',
    labelNames: ['reason'],
    registers,
  }),
  acknowledgements: new Histogram({
    name: 'medcall_chunk_ack_seconds',
    help: 'From the arrival of a chunk of sound to its acknowledgement (written)',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  }),
  cost: new Counter({
    name: 'medcall_cost_brl_micros_total',
    help: 'Settled cost of paid engines, in millionths of a real',
    registers,
  }),
};

// From the start: the first error of a kind would otherwise be no increase of anything.
for (const code of errorCode.options) metrics.errors.inc({ code }, 0);

/**
 * A figure that is read when Prometheus asks.
 * @param read may fail: then the figure is left out this time
 * @returns takes the figure away again
 */
export function observe(
  name: string,
  help: string,
  read: () => number | Promise<number>,
): () => void {
  registry.removeSingleMetric(name);
  const gauge = new Gauge({
    name,
    help,
    registers,
    async collect() {
      try {
        this.set(await read());
      } catch {
        // A figure nobody can tell is better missing than old.
        this.reset();
      }
    },
  });
  return () => {
    if (registry.getSingleMetric(name) === gauge) registry.removeSingleMetric(name);
  };
}

/** The text that Prometheus scrapes. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}

export const metricsContentType = registry.contentType;
