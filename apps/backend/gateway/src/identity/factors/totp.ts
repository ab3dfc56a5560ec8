import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';

/** What authenticator apps agree on (RFC 6238 with the values of the key URI format). */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** 160 bits, as RFC 4226 (4, R6) recommends. */
const secretBytes = 20;
/** A code of the step before or after counts: clocks of telephones differ. */
const window = 1;

/** @returns base32, as people type it */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** Address for authenticator apps, `otpauth://totp/…`. */
export function totpUri(key: { secret: string; issuer: string; account: string }): string {
  const { account: label, issuer, secret } = key;
  return new TOTP({ ...parameters, issuer, label, secret }).toString();
}

/** The address as a picture, drawn here: the key is shown to no other service. */
export function qrSvg(uri: string): string {
  // The quiet zone that readers count on is four modules (ISO/IEC 18004).
  return renderSVG(uri, { ecc: 'M', border: 4, pixelSize: 4 });
}

/**
 * The time step, in units of 30 s since 1970, whose code this is; null when it is none of the three that
 * count now.
 */
export function matchingStep(secret: string, code: string, nowMs: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP({ ...parameters, secret });
  const delta = totp.validate({ token: code, timestamp: nowMs, window });
  return delta === null ? null : Math.floor(nowMs / 1000 / parameters.period) + delta;
}
