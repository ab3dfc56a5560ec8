import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { CommonEnv, IssuerConfig } from '../config/common-env.ts';
import { AppError } from '../errors/app-error.ts';
import type { Caller } from './caller.ts';
import { serviceAudiencePrefix, serviceIssuerPrefix } from './service-token.ts';

/** Issuer and audience of the tokens that invited people carry. */
export const roomIssuer = 'medcall-room';
/** Where the gateway publishes the public keys of room tokens. */
export const roomJwksPath = '/.well-known/medcall-room/jwks.json';
export const authJwksPath = '/auth/v1/.well-known/jwks.json';

type KeySource = JWTVerifyGetKey | Uint8Array;

/** One accepted issuer. Its own list of algorithms decides; the token's `alg` never selects the key type. */
export interface AcceptedIssuer {
  issuer: string;
  audience: string;
  algorithms: string[];
  key: KeySource;
}

export interface TokenVerifier {
  /** @throws AppError unauthenticated, token_expired, or unavailable when the keys cannot be had */
  verify(token: string): Promise<Caller>;
}

const memberClaims = z.looseObject({
  sub: z.uuid(),
  iat: z.number(),
  role: z.literal('authenticated'),
  session_id: z.string().optional(),
});
const roomClaims = z.looseObject({
  sub: z.uuid(),
  room_id: z.string(),
  consultation_id: z.uuid(),
  invitation_id: z.uuid(),
  medcall_role: z.enum(['paciente', 'convidado']).default('paciente'),
});
const serviceClaims = z.looseObject({
  consultation_id: z.uuid().nullish(),
  clinica_id: z.uuid().nullish(),
});

/** Verifies a bearer token against the accepted issuers, chosen by the token's `iss`. */
export function createTokenVerifier(accepted: readonly AcceptedIssuer[]): TokenVerifier {
  return {
    async verify(token) {
      const issuer = chooseIssuer(accepted, token);
      return toCaller(await verifyWith(issuer, token));
    },
  };
}

function chooseIssuer(accepted: readonly AcceptedIssuer[], token: string): AcceptedIssuer {
  let iss: string | undefined;
  try {
    iss = decodeJwt(token).iss;
  } catch (cause) {
    throw new AppError('unauthenticated', { cause });
  }
  const found = accepted.find((candidate) => candidate.issuer === iss);
  if (!found) throw new AppError('unauthenticated');
  return found;
}

async function verifyWith(issuer: AcceptedIssuer, token: string): Promise<JWTPayload> {
  const options = {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: issuer.algorithms,
    requiredClaims: ['exp', 'iat'],
    clockTolerance: 5,
  };
  try {
    const verified =
      issuer.key instanceof Uint8Array
        ? await jwtVerify(token, issuer.key, options)
        : await jwtVerify(token, issuer.key, options);
    return verified.payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new AppError('token_expired', { cause });
    if (isFaultOfToken(cause)) throw new AppError('unauthenticated', { cause });
    throw new AppError('unavailable', { cause });
  }
}

/** Keys that could not be fetched are our trouble, not the bearer's. */
function isFaultOfToken(cause: unknown): boolean {
  return (
    cause instanceof errors.JOSEError &&
    !(cause instanceof errors.JWKSTimeout) &&
    cause.code !== 'ERR_JOSE_GENERIC'
  );
}

function toCaller(payload: JWTPayload): Caller {
  const iss = payload.iss ?? '';
  if (iss.startsWith(serviceIssuerPrefix)) {
    const claims = parsed(serviceClaims, payload);
    return {
      kind: 'service',
      name: iss.slice(serviceIssuerPrefix.length),
      consultationId: claims.consultation_id ?? null,
      clinicaId: claims.clinica_id ?? null,
    };
  }
  if (iss === roomIssuer) {
    const claims = parsed(roomClaims, payload);
    return {
      kind: 'patient',
      sub: claims.sub,
      role: claims.medcall_role === 'convidado' ? 'guest' : 'patient',
      roomId: claims.room_id,
      consultationId: claims.consultation_id,
      invitationId: claims.invitation_id,
      claims: payload,
    };
  }
  const claims = parsed(memberClaims, payload);
  return {
    kind: 'member',
    sub: claims.sub,
    iat: claims.iat,
    sessionId: claims.session_id ?? null,
    claims: payload,
  };
}

function parsed<T extends z.ZodType>(schema: T, payload: JWTPayload): z.output<T> {
  const result = schema.safeParse(payload);
  if (!result.success) throw new AppError('unauthenticated', { cause: result.error });
  return result.data;
}

/** Accepted issuers of a service from its configuration: people, invited people, and our other services. */
export function issuersFromEnv(env: CommonEnv, self: string, peers: string[]): AcceptedIssuer[] {
  const gateway = env.GATEWAY_INTERNAL_URL ?? env.PUBLIC_GATEWAY_URL;
  const people: AcceptedIssuer[] = (env.AUTH_ISSUERS ?? [peopleIssuer(env, gateway)]).map(
    (configured) => ({
      issuer: configured.issuer,
      audience: configured.audience,
      algorithms: configured.algorithms,
      key: keyOf(configured),
    }),
  );
  const services = peers.map((peer) => ({
    issuer: `${serviceIssuerPrefix}${peer}`,
    audience: `${serviceAudiencePrefix}${self}`,
    algorithms: ['HS256'],
    key: new TextEncoder().encode(env.INTERNAL_SERVICE_SECRET),
  }));
  return [
    ...people,
    {
      issuer: roomIssuer,
      audience: roomIssuer,
      algorithms: ['ES256'],
      key: remoteKeys(gateway + roomJwksPath),
    },
    ...services,
  ];
}

function peopleIssuer(env: CommonEnv, gateway: string): IssuerConfig {
  const base = env.AUTH_PROVIDER === 'supabase' ? env.SUPABASE_URL : env.PUBLIC_GATEWAY_URL;
  const keysAt = env.AUTH_PROVIDER === 'supabase' ? env.SUPABASE_URL : gateway;
  return {
    issuer: `${base}/auth/v1`,
    audience: 'authenticated',
    algorithms: env.AUTH_PROVIDER === 'supabase' ? ['ES256', 'RS256'] : ['ES256'],
    jwksUrl: keysAt + authJwksPath,
  };
}

function keyOf(configured: IssuerConfig): KeySource {
  if (configured.secret !== undefined) {
    if (configured.algorithms.some((algorithm) => algorithm !== 'HS256')) {
      throw new Error(`Issuer ${configured.issuer}: a shared secret goes with HS256 only`);
    }
    return new TextEncoder().encode(configured.secret);
  }
  if (configured.jwksUrl === undefined) {
    throw new Error(`Issuer ${configured.issuer}: give jwksUrl or secret`);
  }
  if (configured.algorithms.includes('HS256')) {
    throw new Error(`Issuer ${configured.issuer}: HS256 goes with a secret, not with public keys`);
  }
  return remoteKeys(configured.jwksUrl);
}

function remoteKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: 3000,
    cooldownDuration: 5000,
    cacheMaxAge: 10 * 60_000,
  });
}
