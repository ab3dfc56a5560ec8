import { z } from 'zod';

const switchValue = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  NEXT_PUBLIC_GATEWAY_HTTP_URL: z.url().default('http://localhost:3001'),
  NEXT_PUBLIC_REALTIME_WS_URL: z.url().default('http://localhost:3002'),
  /** Without a Supabase project the gateway serves the same API at /auth/v1. */
  NEXT_PUBLIC_SUPABASE_URL: z.url().optional(),
  NEXT_PUBLIC_SUPABASE_ANON_KEY: z.string().min(1).default('embedded'),
  /** Addresses for this server's own calls where the public names do not resolve (containers). */
  SUPABASE_URL: z.url().optional(),
  GATEWAY_INTERNAL_URL: z.url().optional(),
  NEXTAUTH_URL: z.url().default('http://localhost:3000'),
  NEXTAUTH_SECRET: z.string().min(16, 'at least 16 characters'),
  /** The clinic's webhook secret, where its webhook points at this frontend. */
  WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, 'must begin with whsec_')
    .optional(),
  /** Whom to tell about a weakness, in /.well-known/security.txt. */
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:|https:\/\/)\S+$/, 'must begin with mailto: or https://')
    .optional(),
  /** The services make traces: pages then say which of their requests belong together. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.union([z.url(), z.literal('')]).default(''),
  MEDCALL_DEMO: switchValue,
});

export interface ServerEnv {
  production: boolean;
  frontendUrl: string;
  authSecret: string;
  /** Where this server reaches the gateway and the identity. */
  gatewayUrl: string;
  supabaseUrl: string;
  supabaseAnonKey: string;
  /** Null where no webhook is taken. */
  webhookSecret: string | null;
  /** Null where nobody was named. */
  securityContact: string | null;
  demo: boolean;
  public: PublicConfig;
}

/** What the page may know. Read at run time, so that one image serves many sites. */
export interface PublicConfig {
  gatewayUrl: string;
  realtimeUrl: string;
  supabaseUrl: string;
  supabaseAnonKey: string;
  demo: boolean;
  /** Requests carry a `traceparent`. */
  traced: boolean;
}

/** Reads the environment once into typed configuration. Throws with the names and rules broken, never the values. */
export function readEnv(source: Record<string, string | undefined>): ServerEnv {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment of the frontend is not valid.\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  mustBeSecure(env);
  const gatewayUrl = withoutSlash(env.NEXT_PUBLIC_GATEWAY_HTTP_URL);
  const supabaseUrl = withoutSlash(env.NEXT_PUBLIC_SUPABASE_URL ?? gatewayUrl);
  const internalGatewayUrl = withoutSlash(env.GATEWAY_INTERNAL_URL ?? gatewayUrl);
  return {
    production: env.NODE_ENV === 'production',
    frontendUrl: withoutSlash(env.NEXTAUTH_URL),
    authSecret: env.NEXTAUTH_SECRET,
    gatewayUrl: internalGatewayUrl,
    supabaseUrl: withoutSlash(
      env.SUPABASE_URL ?? env.NEXT_PUBLIC_SUPABASE_URL ?? internalGatewayUrl,
    ),
    supabaseAnonKey: env.NEXT_PUBLIC_SUPABASE_ANON_KEY,
    webhookSecret: env.WEBHOOK_SECRET ?? null,
    securityContact: env.SECURITY_CONTACT ?? null,
    demo: env.MEDCALL_DEMO,
    public: {
      gatewayUrl,
      realtimeUrl: withoutSlash(env.NEXT_PUBLIC_REALTIME_WS_URL),
      supabaseUrl,
      supabaseAnonKey: env.NEXT_PUBLIC_SUPABASE_ANON_KEY,
      demo: env.MEDCALL_DEMO,
      traced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== '',
    },
  };
}

/** A page that came over HTTPS speaks to nobody in the clear, its sockets included. */
function mustBeSecure(env: z.output<typeof schema>): void {
  if (!env.NEXTAUTH_URL.startsWith('https://')) return;
  const names = [
    'NEXT_PUBLIC_GATEWAY_HTTP_URL',
    'NEXT_PUBLIC_REALTIME_WS_URL',
    'NEXT_PUBLIC_SUPABASE_URL',
  ] as const;
  const plain = names.filter((name) => /^(http|ws):/.test(env[name] ?? ''));
  if (plain.length === 0) return;
  const lines = plain.map((name) => `${name}: must be https:// as NEXTAUTH_URL is`);
  throw new Error(`The environment of the frontend is not valid.\n${lines.join('\n')}`);
}

let cached: ServerEnv | undefined;

/** The configuration of this process. The whole of `process.env` is passed on, so that the bundler inlines nothing. */
export function serverEnv(): ServerEnv {
  cached ??= readEnv(process.env);
  return cached;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
