import type { Logger } from '@medcall/service-kit';
import type { GatewayEnv } from '../config/env.ts';
import { createOutboxFolder, type OutboxFolder } from './outbox-folder.ts';
import { createOutboxMailer, createOutboxSms } from './outbox-senders.ts';
import type { Mailer, SmsSender } from './ports.ts';
import { createResendMailer } from './resend-mailer.ts';
import { createTwilioSms } from './twilio-sms.ts';

export interface Senders {
  mailer: Mailer;
  sms: SmsSender;
  /** Where messages are kept that go nowhere; null when both vendors are real. */
  outbox: OutboxFolder | null;
}

/**
 * The adapters that the configuration asks for. Keys alone choose a vendor, but never with
 * demonstration data: its invented addresses may be somebody's.
 */
export function chooseSenders(env: GatewayEnv, logger: Logger): Senders {
  const outbox = createOutboxFolder(env.DATA_DIR);
  const mail =
    env.MAIL_PROVIDER ?? (env.RESEND_API_KEY && !env.MEDCALL_DEMO ? 'resend' : 'embedded');
  const text =
    env.SMS_PROVIDER ?? (env.TWILIO_ACCOUNT_SID && !env.MEDCALL_DEMO ? 'twilio' : 'embedded');
  const kept = mail === 'embedded' || text === 'embedded';
  if (kept && !env.MEDCALL_DEMO) {
    logger.warn(
      { mail, sms: text, folder: outbox.path },
      'messages are kept on disk and reach nobody',
    );
  }
  return {
    mailer: mail === 'resend' ? resend(env) : createOutboxMailer(outbox, env.MAIL_FROM),
    sms: text === 'twilio' ? twilio(env) : createOutboxSms(outbox),
    outbox: kept ? outbox : null,
  };
}

function resend(env: GatewayEnv): Mailer {
  return createResendMailer({
    baseUrl: env.RESEND_BASE_URL,
    apiKey: env.RESEND_API_KEY ?? '',
    from: env.MAIL_FROM,
    timeoutMs: env.MESSAGE_TIMEOUT_MS,
  });
}

function twilio(env: GatewayEnv): SmsSender {
  return createTwilioSms({
    baseUrl: env.TWILIO_BASE_URL,
    accountSid: env.TWILIO_ACCOUNT_SID ?? '',
    authToken: env.TWILIO_AUTH_TOKEN ?? '',
    from: env.TWILIO_FROM ?? '',
    statusUrl: new URL('/api/twilio/status', env.PUBLIC_GATEWAY_URL).href,
    timeoutMs: env.MESSAGE_TIMEOUT_MS,
    visibleAfterMs: env.SMS_VISIBLE_AFTER_MS,
  });
}
