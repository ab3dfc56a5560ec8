import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { keyedTraceparent } from './outside-trace.ts';
import { isLabel, safeFields } from './span-fields.ts';
import type { OpenSpan, SpanPlan, Tracing } from './spans.ts';

export interface OtelOptions {
  service: string;
  version: string;
  /** Base of an OTLP/HTTP collector; `/v1/traces` is added. */
  endpoint: string;
  headers: Record<string, string>;
  /** Share of traces that are kept. Decided by the trace's id, so that all services keep the same ones. */
  ratio: number;
  /** Common to the services: the same page's trace is the same trace in all of them. */
  secret: string;
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
/** A collector that does not answer costs memory for this many spans and nothing else. */
const longestQueue = 4_096;
const exportEveryMs = 2_000;
const exportDeadlineMs = 5_000;

/**
 * Tracing by OpenTelemetry's own SDK, sent as OTLP over HTTP in JSON. Loaded only where a collector is configured
 * (`startTracing`). Nothing global is registered: two can live in one process.
 */
export function createOtelTracing(
  options: OtelOptions,
): Tracing & { flush(): Promise<void>; stop(): Promise<void> } {
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: options.headers,
    timeoutMillis: exportDeadlineMs,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.service,
      'service.version': options.version,
    }),
    // Not by the parent's word, and where it is a share not by a foreign id either (`fromOutside`):
    // whoever calls from outside would otherwise decide how much we store.
    sampler: new TraceIdRatioBasedSampler(options.ratio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: longestQueue,
        scheduledDelayMillis: exportEveryMs,
        exportTimeoutMillis: exportDeadlineMs,
      }),
    ],
  });
  const running = new AsyncLocalStorage<Context>();
  const propagator = new W3CTraceContextPropagator();
  const now = () => running.getStore() ?? ROOT_CONTEXT;
  const under = (traceparent: string) =>
    propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);

  return {
    fromOutside: (said) => (options.ratio >= 1 ? said : keyedTraceparent(options.secret, said)),
    open(plan) {
      const parent = plan.parent === undefined ? now() : under(plan.parent);
      return openSpan(provider, running, plan, parent);
    },
    within: (traceparent, work) => running.run(under(traceparent), work),
    traceparent() {
      const carrier: Record<string, string> = {};
      propagator.inject(now(), carrier, defaultTextMapSetter);
      return carrier.traceparent;
    },
    flush: () => provider.forceFlush(),
    stop: () => provider.shutdown(),
  };
}

function openSpan(
  provider: TracerProvider,
  running: AsyncLocalStorage<Context>,
  plan: SpanPlan,
  parent: Context,
): OpenSpan {
  const span = provider.getTracer(plan.scope ?? 'medcall').startSpan(
    nameOf(plan.name),
    {
      kind: kinds[plan.kind ?? 'internal'],
      attributes: safeFields(plan.fields ?? {}),
      ...(plan.startedAtMs === undefined ? {} : { startTime: plan.startedAtMs }),
    },
    parent,
  );
  const context = trace.setSpan(parent, span);
  return {
    traceId: span.spanContext().traceId,
    run: (work) => running.run(context, work),
    end({ failed = false, fields = {}, name } = {}) {
      if (name !== undefined) span.updateName(nameOf(name));
      span.setAttributes(safeFields(fields));
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function nameOf(name: string): string {
  return isLabel(name) ? name : '?';
}
