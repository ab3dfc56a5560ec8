import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { sendJson, serveFake } from '../http-fake.ts';

/** OTLP/HTTP in JSON (opentelemetry-proto, trace/v1): ids are hexadecimal, 64-bit figures are texts. */
const value = z.strictObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string().regex(/^-?\d+$/)]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributes = z.array(z.strictObject({ key: z.string().min(1), value }));
const nanoseconds = z.string().regex(/^\d{19}$/);
const span = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^([0-9a-f]{16})?$/)
    .optional(),
  name: z.string().min(1),
  kind: z.number().int().min(1).max(5),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  status: z.looseObject({ code: z.number().int().min(0).max(2), message: z.string().optional() }),
  events: z.array(z.unknown()).optional(),
});
const exportRequest = z.strictObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes }),
      scopeSpans: z.array(
        z.looseObject({ scope: z.looseObject({ name: z.string() }), spans: z.array(span) }),
      ),
    }),
  ),
});

export interface ReceivedSpan {
  service: string;
  scope: string;
  traceId: string;
  spanId: string;
  /** Empty for a root. */
  parentId: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'other';
  startMs: number;
  durationMs: number;
  failed: boolean;
  attributes: Record<string, string | number | boolean>;
}

export type CollectorFault =
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'unavailable' }
  | { kind: 'hangs' };

export interface FakeCollector {
  url: string;
  spans: ReceivedSpan[];
  /** All that came, as it came: for a canary. */
  raw(): string;
  /** Headers of the last request. */
  headers: Record<string, string | string[] | undefined>;
  /** Requests so far, refused ones included. */
  requests: number;
  faults: CollectorFault[];
  close(): Promise<void>;
}

/** A collector that takes traces as OTLP over HTTP and refuses what is no OTLP, as the real one does. */
export async function startFakeCollector(): Promise<FakeCollector> {
  const bodies: string[] = [];
  const collector: Omit<FakeCollector, 'url' | 'close'> = {
    spans: [],
    raw: () => bodies.join('\n'),
    headers: {},
    requests: 0,
    faults: [],
  };
  const fake = await serveFake(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const text = (req.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    collector.requests += 1;
    collector.headers = req.headers;
    const fault = collector.faults.shift();
    if (fault?.kind === 'hangs') return;
    if (fault?.kind === 'unavailable') return sendJson(res, 503, { code: 14, message: 'away' });
    if (fault?.kind === 'rate_limited') {
      const headers = { 'retry-after': String(fault.retryAfterSeconds) };
      return sendJson(res, 429, { code: 8, message: 'slow down' }, headers);
    }
    if (req.method !== 'POST' || req.url !== '/v1/traces') return sendJson(res, 404, {});
    if (req.headers['content-type'] !== 'application/json') return sendJson(res, 415, {});
    const parsed = exportRequest.safeParse(JSON.parse(text));
    if (!parsed.success) return sendJson(res, 400, { code: 3, message: parsed.error.message });
    bodies.push(text);
    collector.spans.push(...flatten(parsed.data));
    sendJson(res, 200, { partialSuccess: {} });
  });
  return Object.assign(collector, fake);
}

function flatten({ resourceSpans }: z.infer<typeof exportRequest>): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((one) => ({
        service: String(plain(resource.attributes)['service.name'] ?? ''),
        scope: scope.name,
        traceId: one.traceId,
        spanId: one.spanId,
        parentId: one.parentSpanId ?? '',
        name: one.name,
        kind: (['other', 'internal', 'server', 'client'] as const)[one.kind] ?? 'other',
        startMs: Number(BigInt(one.startTimeUnixNano) / 1_000n) / 1_000,
        durationMs: Number(BigInt(one.endTimeUnixNano) - BigInt(one.startTimeUnixNano)) / 1_000_000,
        failed: one.status.code === 2,
        attributes: plain(one.attributes),
      })),
    ),
  );
}

function plain(list: z.infer<typeof attributes>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    list.map(({ key, value: { boolValue, doubleValue, intValue, stringValue } }) => [
      key,
      stringValue ?? doubleValue ?? boolValue ?? Number(intValue ?? 0),
    ]),
  );
}
