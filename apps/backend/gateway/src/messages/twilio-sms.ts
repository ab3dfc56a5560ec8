import { AppError } from '@medcall/service-kit';
import { z } from 'zod';
import type { FoundSms, OutgoingSms, SendOutcome, SmsSender } from './ports.ts';
import { callVendor, retryAfterMs, type VendorAnswer, withoutAnswer } from './vendor-call.ts';

export interface TwilioOptions {
  /** https://api.twilio.com, or a fake that speaks like it. */
  baseUrl: string;
  accountSid: string;
  authToken: string;
  /** A number in E.164, or the sid of a messaging service (MG…). */
  from: string;
  /** Where status reports go; the message's reference is added as `n`. */
  statusUrl: string;
  timeoutMs?: number;
  visibleAfterMs?: number;
}

const accepted = z.object({ sid: z.string().min(1) });
const refused = z.object({ code: z.number() });
const list = z.object({
  messages: z.array(
    z.object({
      sid: z.string().min(1),
      to: z.string(),
      body: z.string().nullable(),
      direction: z.string(),
      date_created: z.string(),
    }),
  ),
});
const usualTimeoutMs = 10_000;
const usualVisibleAfterMs = 60_000;
/** Two clocks differ: rather take an older message of the same words for ours than send it again. */
const clockSkewMs = 15 * 60_000;
const pageSize = 100;

/** https://www.twilio.com/docs/api/errors */
const codes: Readonly<Record<number, 'invalid_address' | 'unsubscribed'>> = {
  21211: 'invalid_address',
  21217: 'invalid_address',
  21265: 'invalid_address',
  21610: 'unsubscribed',
  21612: 'invalid_address',
  21614: 'invalid_address',
};

/**
 * Twilio's Messages resource over plain HTTP: form-encoded, basic auth, no idempotency
 * (https://www.twilio.com/docs/messaging/api/message-resource).
 */
export function createTwilioSms(options: TwilioOptions): SmsSender {
  const account = `${options.baseUrl.replace(/\/+$/, '')}/2010-04-01/Accounts/${options.accountSid}`;
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;
  const credentials = Buffer.from(`${options.accountSid}:${options.authToken}`).toString('base64');
  const authorization = `Basic ${credentials}`;
  const service = options.from.startsWith('MG');
  return {
    name: 'twilio',
    visibleAfterMs: options.visibleAfterMs ?? usualVisibleAfterMs,
    async send(sms, signal) {
      const status = new URL(options.statusUrl);
      status.searchParams.set('n', sms.reference);
      const called = await callVendor(`${account}/Messages.json`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          To: sms.to,
          [service ? 'MessagingServiceSid' : 'From']: options.from,
          Body: sms.body,
          StatusCallback: status.href,
        }).toString(),
        timeoutMs,
        signal,
      });
      return called.kind === 'answer' ? outcomeOf(called) : withoutAnswer(called);
    },
    async find(sms, since, signal) {
      const url = new URL(`${account}/Messages.json`);
      url.searchParams.set('To', sms.to);
      // Not by DateSent: a message that still waits in the vendor's queue has none.
      if (!service) url.searchParams.set('From', options.from);
      url.searchParams.set('PageSize', String(pageSize));
      const called = await callVendor(url.href, {
        method: 'GET',
        headers: { authorization },
        timeoutMs,
        signal,
      });
      const parsed = called.kind === 'answer' ? list.safeParse(called.body) : undefined;
      if (called.kind !== 'answer' || called.status !== 200 || !parsed?.success) {
        throw new AppError('unavailable', {
          cause: called.kind === 'answer' ? `status ${called.status}` : called.why,
        });
      }
      return parsed.data.messages.flatMap((message) => matching(message, sms, since));
    },
  };
}

function outcomeOf(answer: VendorAnswer): SendOutcome {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) {
    const parsed = accepted.safeParse(body);
    return parsed.success
      ? { kind: 'sent', providerId: parsed.data.sid }
      : { kind: 'unknown', vendorCode: `${status} unreadable` };
  }
  const code = refused.safeParse(body).data?.code;
  const vendorCode = `${status} ${code ?? 'unreadable'}`;
  if (status >= 500 || status === 408) return { kind: 'unknown', vendorCode };
  // "Never processed and always safe to retry" (error 20429).
  if (status === 429) {
    const wait = retryAfterMs(headers);
    return { kind: 'later', vendorCode, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  if (status === 401 || status === 403 || status === 404) return { kind: 'later', vendorCode };
  return { kind: 'refused', reason: (code && codes[code]) || 'refused', vendorCode };
}

function matching(
  message: z.output<typeof list>['messages'][number],
  sms: OutgoingSms,
  since: Date,
): FoundSms[] {
  const createdAt = new Date(message.date_created);
  const ours =
    message.direction.startsWith('outbound') && message.to === sms.to && message.body === sms.body;
  const recent = createdAt.getTime() >= since.getTime() - clockSkewMs;
  return ours && recent ? [{ providerId: message.sid, createdAt }] : [];
}
