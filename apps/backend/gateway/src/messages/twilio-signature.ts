import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request is Twilio's: HMAC-SHA1 over the full address that it called and every field of the
 * form, sorted by name (https://www.twilio.com/docs/usage/security#validating-requests).
 */
export function isTwilioSignature(
  authToken: string,
  url: string,
  fields: Readonly<Record<string, string>>,
  signature: string | undefined,
): boolean {
  if (signature === undefined) return false;
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], url);
  const wanted = createHmac('sha1', authToken).update(signed, 'utf8').digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
