import type { Clock, Database, Logger } from '@medcall/service-kit';
import type { BackOff } from '../jobs/back-off.ts';
import type { KeyedHash } from '../keys/derive-key.ts';
import type { Seal } from '../keys/seal.ts';
import type { InvitationTokens } from '../services/invitation-tokens.ts';
import type { Mailer, SmsSender } from './ports.ts';

/** What sending a message takes. */
export interface MessageDeps {
  db: Database;
  clock: Clock;
  logger: Logger;
  mailer: Mailer;
  sms: SmsSender;
  seal: Seal;
  tokens: InvitationTokens;
  /** For `notifications.recipient_hash`. */
  recipientHash: KeyedHash;
  frontendUrl: string;
  backOff: BackOff;
}

/** ≈ 10 s, 40 s, 3 min, 11 min, 43 min, then every two hours: more than a day in all. */
export const messageBackOff: BackOff = {
  firstMs: 10_000,
  factor: 4,
  longestMs: 2 * 3_600_000,
  attempts: 18,
};
