import { emlOf } from './eml.ts';
import type { OutboxFolder } from './outbox-folder.ts';
import type { Mailer, SmsSender } from './ports.ts';

const forEver = Number.MAX_SAFE_INTEGER;

/** Writes mail to the outbox folder, as .eml for a mail program and as text for the outbox page. */
export function createOutboxMailer(folder: OutboxFolder, from: string): Mailer {
  return {
    name: 'embedded',
    keyLivesMs: forEver,
    async send(mail) {
      const providerId = await folder.keep(
        {
          channel: 'email',
          key: `email:${mail.idempotencyKey}`,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
        },
        { eml: emlOf({ ...mail, from }) },
      );
      return { kind: 'sent', providerId };
    },
  };
}

/** The same for SMS. */
export function createOutboxSms(folder: OutboxFolder): SmsSender {
  const keyOf = (reference: string) => `sms:${reference}`;
  return {
    name: 'embedded',
    visibleAfterMs: 0,
    async send(sms) {
      const providerId = await folder.keep({
        channel: 'sms',
        key: keyOf(sms.reference),
        to: sms.to,
        subject: null,
        text: sms.body,
      });
      return { kind: 'sent', providerId };
    },
    async find(sms) {
      const found = await folder.find(keyOf(sms.reference));
      return found ? [{ providerId: found.id, createdAt: new Date(found.message.at) }] : [];
    },
  };
}
