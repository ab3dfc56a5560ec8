import { type AdminUsers, createAdminUsers } from './admin-users.ts';
import { createIdentity, type Identity } from './identity.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { createRecovery, type Recovery } from './recovery.ts';

/** All that `/auth/v1` stands on. */
export interface EmbeddedIdentity {
  service: Identity;
  recovery: Recovery;
  admin: AdminUsers;
  keys: IdentityDeps['keys'];
}

export function createEmbeddedIdentity(deps: IdentityDeps): EmbeddedIdentity {
  return {
    service: createIdentity(deps),
    recovery: createRecovery(deps),
    admin: createAdminUsers(deps),
    keys: deps.keys,
  };
}
