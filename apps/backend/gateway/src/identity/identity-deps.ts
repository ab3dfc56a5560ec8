import type { Clock, Database, Logger, TokenVerifier } from '@medcall/service-kit';
import type { Seal } from '../keys/seal.ts';
import type { SigningKeys } from '../keys/signing-keys.ts';

/** What the embedded identity stands on. */
export interface IdentityDeps {
  db: Database;
  keys: SigningKeys;
  verifier: TokenVerifier;
  seal: Seal;
  issuer: string;
  /** Links in mails lead there and nowhere else. */
  frontendUrl: string;
  clock: Clock;
  logger: Logger;
  /** Takes ended sessions out of the cache; other processes hear of it by event. */
  forgetSessions: (sessionIds: readonly string[]) => Promise<void>;
}

/** Where a request came from, for the audit and the session list. */
export interface Origin {
  address: string;
  userAgent: string | null;
  requestId: string;
}
