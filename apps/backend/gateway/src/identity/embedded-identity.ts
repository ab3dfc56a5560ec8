import { type AdminUsers, createAdminUsers } from './admin-users.ts';
import { type AdminFactors, createAdminFactors } from './factors/admin-factors.ts';
import { createFactors, type Factors } from './factors/factors.ts';
import { createRecoveryCodes, type RecoveryCodes } from './factors/recovery-codes.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { createRecovery, type Recovery } from './recovery.ts';

/** All that `/auth/v1` stands on. */
export interface EmbeddedIdentity {
  service: Identity;
  recovery: Recovery;
  admin: AdminUsers;
  factors: Factors;
  recoveryCodes: RecoveryCodes;
  adminFactors: AdminFactors;
  keys: IdentityDeps['keys'];
}

export function createEmbeddedIdentity(deps: IdentityDeps): EmbeddedIdentity {
  return {
    service: createIdentity(deps),
    recovery: createRecovery(deps),
    admin: createAdminUsers(deps),
    factors: createFactors(deps),
    recoveryCodes: createRecoveryCodes(deps),
    adminFactors: createAdminFactors(deps),
    keys: deps.keys,
  };
}
