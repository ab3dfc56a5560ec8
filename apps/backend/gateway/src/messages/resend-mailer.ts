import { z } from 'zod';
import type { Mailer, OutgoingMail, SendOutcome } from './ports.ts';
import { callVendor, retryAfterMs, type VendorAnswer, withoutAnswer } from './vendor-call.ts';

export interface ResendOptions {
  /** https://api.resend.com, or a fake that speaks like it. */
  baseUrl: string;
  apiKey: string;
  /** `Name <address>` of a verified domain. */
  from: string;
  timeoutMs?: number;
}

const accepted = z.object({ id: z.string().min(1) });
const refused = z.object({ name: z.string() });
const usualTimeoutMs = 10_000;
const untilTomorrowMs = 3_600_000;
const hourMs = 3_600_000;

/**
 * Resend's `POST /emails` with an idempotency key, which it remembers for 24 hours
 * (https://resend.com/docs/dashboard/emails/idempotency-keys, errors in /docs/api-reference/errors).
 */
export function createResendMailer(options: ResendOptions): Mailer {
  const url = `${options.baseUrl.replace(/\/+$/, '')}/emails`;
  return {
    name: 'resend',
    // An hour less than promised: a try that begins in time must also end in time.
    keyLivesMs: 23 * hourMs,
    async send(mail, signal) {
      const called = await callVendor(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': mail.idempotencyKey,
          'user-agent': 'medcall',
        },
        body: JSON.stringify(messageOf(options.from, mail)),
        timeoutMs: options.timeoutMs ?? usualTimeoutMs,
        signal,
      });
      return called.kind === 'answer' ? outcomeOf(called) : withoutAnswer(called);
    },
  };
}

function messageOf(from: string, mail: OutgoingMail) {
  return { from, to: [mail.to], subject: mail.subject, html: mail.html, text: mail.text };
}

function outcomeOf(answer: VendorAnswer): SendOutcome {
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) {
    const parsed = accepted.safeParse(body);
    return parsed.success
      ? { kind: 'sent', providerId: parsed.data.id }
      : { kind: 'unknown', vendorCode: `${status} unreadable` };
  }
  const name = refused.safeParse(body).data?.name ?? 'unreadable';
  const vendorCode = `${status} ${name}`;
  if (status >= 500) return { kind: 'unknown', vendorCode };
  if (status === 409) {
    // The first try is still under way there; or the key was spent on another text, which is no news of this one.
    return name === 'concurrent_idempotent_requests'
      ? { kind: 'unknown', vendorCode }
      : { kind: 'refused', reason: 'refused', vendorCode };
  }
  if (status === 429) {
    const wait = name.includes('quota') ? untilTomorrowMs : retryAfterMs(headers);
    return { kind: 'later', vendorCode, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  // Key, domain or account: an operator's to put right, and the message waits for it.
  if (status === 401 || status === 403 || status === 404) return { kind: 'later', vendorCode };
  return { kind: 'refused', reason: 'invalid_address', vendorCode };
}
