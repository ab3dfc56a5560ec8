import { z } from 'zod';

/** "1", "true" and "on" are true; everything else that is given is refused. */
export const envFlag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off'])
  .transform((value) => value === '1' || value === 'true' || value === 'on');

/** A list separated by commas. */
export const envList = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

export const envPort = z.coerce.number().int().min(0).max(65_535);

/** An issuer whose tokens the services accept. The verifier's own list of algorithms decides, not the token. */
export const issuerConfig = z.object({
  issuer: z.string().min(1),
  audience: z.string().min(1),
  algorithms: z.array(z.enum(['ES256', 'RS256', 'HS256', 'EdDSA'])).min(1),
  /** `jwksUrl` for asymmetric keys, `secret` for Supabase's older HS256 projects. */
  jwksUrl: z.url().optional(),
  secret: z.string().min(32).optional(),
});
export type IssuerConfig = z.infer<typeof issuerConfig>;

const issuerList = z
  .string()
  .transform((value, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON list' });
      return z.NEVER;
    }
  })
  .pipe(z.array(issuerConfig));

/** `name=value` pairs, as OpenTelemetry writes headers in an environment; values are percent-encoded. */
const envHeaders = envList.transform((pairs, context) => {
  const headers: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^([\w-]+)=(.*)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined || !canDecode(value)) {
      context.addIssue({ code: 'custom', message: 'must be name=value,name=value' });
      return z.NEVER;
    }
    headers[name] = decodeURIComponent(value);
  }
  return headers;
});

function canDecode(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

/** What every service reads. Each service extends it with its own names. */
export const commonEnv = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be a redis:// address')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CORS_ORIGINS: envList.default(['http://localhost:3000', 'http://127.0.0.1:3000']),
  INTERNAL_SERVICE_SECRET: z.string().min(32, 'must have at least 32 characters'),
  AUTH_PROVIDER: z.enum(['embedded', 'supabase']),
  AUTH_ISSUERS: issuerList.optional(),
  SUPABASE_URL: z.url().optional(),
  PUBLIC_GATEWAY_URL: z.url().default('http://localhost:3001'),
  PUBLIC_FRONTEND_URL: z.url().default('http://localhost:3000'),
  /** How this service itself reaches the gateway (JWKS); the public address by default. */
  GATEWAY_INTERNAL_URL: z.url().optional(),
  MEDCALL_DEMO: envFlag.default(false),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** Port of /metrics, for Prometheus inside the cluster; none when left out. */
  METRICS_PORT: envPort.optional(),
  /** Where traces go (OTLP over HTTP, `/v1/traces` is added); none are made when left out. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: envHeaders.default({}),
  /** Share of traces that are kept. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** What the image was made of; shown by /api/health. */
  MEDCALL_BUILD: z.string().max(80).default('dev'),
  TRUST_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
});
export type CommonEnv = z.infer<typeof commonEnv>;
