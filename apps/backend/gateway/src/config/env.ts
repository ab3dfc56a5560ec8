import { commonEnv, envList, envPort, objectStoreEnv, readEnv } from '@medcall/service-kit';
import { z } from 'zod';
import { checkMessageEnv, messageEnv } from './message-env.ts';

const milliseconds = z.coerce.number().int().min(50).max(600_000);

const gatewayNames = commonEnv.extend({
  ...messageEnv.shape,
  /** Papers (PDF) are kept there; on one machine, below DATA_DIR. */
  ...objectStoreEnv.shape,
  GATEWAY_PORT: envPort.default(3001),
  REALTIME_SERVICE_URL: z.url().default('http://127.0.0.1:3002'),
  AI_SERVICE_URL: z.url().default('http://127.0.0.1:3003'),
  /** A monolith that is being replaced (docs/MIGRATION.md): then a table says by prefix who answers. */
  MONOLITH_URL: z.url().optional(),
  /** That table, read anew every second; without it the monolith answers everything. */
  ROUTE_TABLE_FILE: z.string().min(1).optional(),
  /** How long the other side of a compared read may take; the client never waits for it. */
  SHADOW_TIMEOUT_MS: z.coerce.number().int().min(50).max(30_000).default(3_000),
  /** The sockets' address as browsers see it; handed out by `/api/me`. */
  NEXT_PUBLIC_REALTIME_WS_URL: z.url().default('http://localhost:3002'),
  /** Administers accounts: at the Supabase project, or at the embedded identity, which then has an admin API. */
  SUPABASE_SERVICE_ROLE_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  /** Holds the key that seals the signing keys in the database. */
  DATA_DIR: z.string().min(1).default('.data'),
  /** 32 bytes in base64 that seal those keys; made in DATA_DIR when left out. Several gateways share one. */
  KEY_ENCRYPTION_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
    .optional(),
  /** 32 bytes in base64 that sign the ends of the audit chains; derived from the key above when left out. */
  AUDIT_SIGNING_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
    .optional(),
  /** Raw public keys (base64) of earlier signers, after that key was changed. */
  AUDIT_PUBLIC_KEYS: envList
    .pipe(z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')))
    .default([]),
  /**
   * Folder with the roots of ICP-Brasil (PEM or DER), that doctors' certificates must come from; none: nobody
   * can sign with one. `teste/` in it counts in a demonstration only.
   */
  ICP_BRASIL_ROOTS: z.string().min(1).optional(),
  /** Requests of one address in a minute: all, sign-ins and refreshes, exchanges of invitations. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(3_000),
  AUTH_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(300),
  INVITATION_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(300),
  PROXY_CONNECT_TIMEOUT_MS: milliseconds.default(2_000),
  PROXY_HEADERS_TIMEOUT_MS: milliseconds.default(30_000),
  PROXY_BODY_IDLE_TIMEOUT_MS: milliseconds.default(30_000),
});
const gatewayEnv = gatewayNames.superRefine(checkMessageEnv);
export type GatewayEnv = z.infer<typeof gatewayEnv>;

/** The gateway's configuration. @throws ConfigError naming each wrong variable */
export function readGatewayEnv(env: Record<string, string | undefined>): GatewayEnv {
  return readEnv(gatewayEnv, env);
}
