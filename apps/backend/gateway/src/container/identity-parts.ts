import {
  type AcceptedIssuer,
  createDenials,
  createTokenVerifier,
  type Denials,
  issuersFromEnv,
  roomIssuer,
  type TokenVerifier,
} from '@medcall/service-kit';
import type { GatewayEnv } from '../config/env.ts';
import { type Accounts, embeddedAccounts, supabaseAccounts } from '../identity/accounts.ts';
import { createEmbeddedIdentity, type EmbeddedIdentity } from '../identity/embedded-identity.ts';
import { createSigningKeys, type SigningKeys } from '../keys/signing-keys.ts';
import {
  type ClinicSecondFactors,
  createClinicSecondFactors,
} from '../services/clinic-second-factors.ts';
import { type Clinics, createClinics } from '../services/clinics.ts';
import { createDevices, type Devices } from '../services/devices.ts';
import { createDoctorInvitations, type DoctorInvitations } from '../services/doctor-invitations.ts';
import { createMembers, type Members } from '../services/members.ts';
import { createProfile, type Profile } from '../services/profile.ts';
import type { Foundation } from './foundation.ts';

/** Who is who, and who belongs to which clinic. */
export interface IdentityParts {
  verifier: TokenVerifier;
  roomKeys: SigningKeys;
  /** Null when a Supabase project is the identity. */
  identity: EmbeddedIdentity | null;
  members: Members;
  denials: Denials;
  profile: Profile;
  devices: Devices;
  clinics: Clinics;
  doctorInvitations: DoctorInvitations;
  clinicSecondFactors: ClinicSecondFactors;
}

export function createIdentityParts(foundation: Foundation): IdentityParts {
  const { env, db, seal, logger, clock, sessions } = foundation;
  const roomKeys = createSigningKeys('room', { db, seal, logger, clock });
  const identityKeys =
    env.AUTH_PROVIDER === 'embedded'
      ? createSigningKeys('identity', { db, seal, logger, clock })
      : undefined;
  const verifier = createTokenVerifier(acceptedIssuers(env, roomKeys, identityKeys));
  const forgetSessions = (ids: readonly string[]) => sessions.forget(ids);
  const identity = identityKeys
    ? createEmbeddedIdentity({
        db,
        keys: identityKeys,
        verifier,
        seal,
        issuer: embeddedIssuer(env),
        frontendUrl: env.PUBLIC_FRONTEND_URL,
        clock,
        logger,
        forgetSessions,
      })
    : null;
  const accounts = chooseAccounts(env, identity);
  return {
    verifier,
    roomKeys,
    identity,
    members: createMembers(db, sessions),
    denials: createDenials(db),
    profile: createProfile(db, {
      // Beside a monolith sockets pass the gateway, which knows by prefix who answers them.
      realtimeUrl: env.MONOLITH_URL ? env.PUBLIC_GATEWAY_URL : env.NEXT_PUBLIC_REALTIME_WS_URL,
      demo: env.MEDCALL_DEMO,
    }),
    devices: createDevices({ db, clock, forgetSessions }),
    clinics: createClinics({ db, clock, forgetSessions }),
    doctorInvitations: createDoctorInvitations({ db, accounts, clock, logger }),
    clinicSecondFactors: createClinicSecondFactors({ db, accounts, clock, forgetSessions }),
  };
}

function embeddedIssuer(env: GatewayEnv): string {
  return `${env.PUBLIC_GATEWAY_URL}/auth/v1`;
}

function chooseAccounts(env: GatewayEnv, identity: EmbeddedIdentity | null): Accounts {
  if (identity) return embeddedAccounts(identity.admin, identity.adminFactors);
  return supabaseAccounts({
    url: env.SUPABASE_URL ?? '',
    serviceRoleKey: env.SUPABASE_SERVICE_ROLE_KEY ?? null,
    frontendUrl: env.PUBLIC_FRONTEND_URL,
  });
}

/** Our own keys are at hand: they are not fetched from ourselves over HTTP. */
function acceptedIssuers(
  env: GatewayEnv,
  roomKeys: SigningKeys,
  identityKeys: SigningKeys | undefined,
): AcceptedIssuer[] {
  const own = new Map([[roomIssuer, roomKeys]]);
  if (identityKeys) own.set(embeddedIssuer(env), identityKeys);
  return issuersFromEnv(env, 'gateway', ['realtime-service', 'ai-service']).map((issuer) => {
    const keys = own.get(issuer.issuer);
    return keys ? { ...issuer, key: keys.verificationKey } : issuer;
  });
}
