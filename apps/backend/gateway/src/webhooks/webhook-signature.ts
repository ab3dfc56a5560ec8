import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A clinic's secret in the form of the Standard Webhooks specification. */
export function newWebhookSecret(): string {
  return `${prefix}${randomBytes(32).toString('base64')}`;
}

export interface SignedDelivery {
  id: string;
  /** Unix seconds of this try. */
  timestamp: number;
  body: string;
}

/**
 * The headers of a signed delivery (Standard Webhooks 1.0): `webhook-id` stays the same through all
 * tries, `webhook-timestamp` is the try's, `webhook-signature` holds one `v1,` signature for each secret
 * that counts: base64 of HMAC-SHA-256 over `id.timestamp.body`.
 */
export function signatureHeaders(
  { body, id, timestamp }: SignedDelivery,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
