import { createHmac, timingSafeEqual } from 'node:crypto';
import { type WebhookPayload, webhookPayload } from '@medcall/shared-types';

/** Where the gateway keeps the clinic's outgoing webhook: configuration, deliveries, resend. */
export const webhookPath = '/api/clinic/webhook';

/** A delivery that is older, or from further in the future, may be a recorded one that is played again. */
export const replayWindowSeconds = 300;
export const largestBodyBytes = 64 * 1024;

export type WebhookCheck =
  | { kind: 'genuine'; id: string; payload: WebhookPayload }
  | { kind: 'refused'; why: 'headers' | 'too_old' | 'signature' | 'body' };

/**
 * Checks a delivery as the Standard Webhooks specification says: `webhook-id`, `webhook-timestamp` (Unix
 * seconds) and `webhook-signature`, a list of `v1,<base64 of HMAC-SHA-256 over id.timestamp.body>`
 * separated by spaces, any one of which may be ours.
 *
 * @param body the bytes as they came: parsed and written again they are others
 * @param secret `whsec_` and the key in base64
 */
export function checkWebhook(
  headers: Headers,
  body: string,
  secret: string,
  nowSeconds: number,
): WebhookCheck {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const signatures = (headers.get('webhook-signature') ?? '').split(' ');
  if (!/^[\w-]{1,100}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) {
    return { kind: 'refused', why: 'headers' };
  }
  if (Math.abs(nowSeconds - Number(timestamp)) > replayWindowSeconds) {
    return { kind: 'refused', why: 'too_old' };
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  if (!signatures.some((signature) => isSame(signature, wanted))) {
    return { kind: 'refused', why: 'signature' };
  }
  const payload = webhookPayload.safeParse(parseJson(body));
  return payload.success
    ? { kind: 'genuine', id, payload: payload.data }
    : { kind: 'refused', why: 'body' };
}

function isSame(signature: string, wanted: Buffer): boolean {
  const [version, encoded] = signature.split(',', 2);
  if (version !== 'v1' || encoded === undefined) return false;
  const given = Buffer.from(encoded, 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
