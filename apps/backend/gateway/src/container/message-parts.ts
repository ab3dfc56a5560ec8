import { createKeyedHash, deriveKey } from '../keys/derive-key.ts';
import { chooseSenders } from '../messages/choose-senders.ts';
import { type MessageDeps, messageBackOff } from '../messages/message-deps.ts';
import type { OutboxFolder } from '../messages/outbox-folder.ts';
import { createInvitationTokens } from '../services/invitation-tokens.ts';
import { createNotifications, type Notifications } from '../services/notifications.ts';
import { createSmsReplies, type SmsReplies } from '../services/sms-replies.ts';
import { createSmsStatuses, type SmsStatuses } from '../services/sms-status.ts';
import type { Foundation } from './foundation.ts';

/** What sends messages, and what hears of them. */
export interface MessageParts {
  /** What the jobs that send messages take. */
  messages: MessageDeps;
  notifications: Notifications;
  smsReplies: SmsReplies;
  smsStatuses: SmsStatuses;
  /** Where messages are kept that go nowhere; null when they all go out. */
  outbox: OutboxFolder | null;
}

export function createMessageParts(foundation: Foundation): MessageParts {
  const { clock, db, env, logger, rootKey, seal } = foundation;
  const { mailer, outbox, sms } = chooseSenders(env, logger);
  const recipientHash = createKeyedHash(deriveKey(rootKey, 'recipients'));
  return {
    outbox,
    notifications: createNotifications(db),
    smsReplies: createSmsReplies({ db, clock, recipientHash }),
    smsStatuses: createSmsStatuses({ db, clock, provider: sms.name }),
    messages: {
      db,
      clock,
      logger,
      mailer,
      sms,
      seal,
      tokens: createInvitationTokens(createKeyedHash(deriveKey(rootKey, 'invitations'))),
      recipientHash,
      frontendUrl: env.PUBLIC_FRONTEND_URL,
      backOff: { ...messageBackOff, firstMs: env.DELIVERY_RETRY_MS },
    },
  };
}
