import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, in S3's own codes; null when its signature holds. */
export type SignatureProblem =
  | 'AccessDenied'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'XAmzContentSHA256Mismatch'
  | 'RequestTimeTooSkewed'
  | 'AuthorizationHeaderMalformed';

export interface SigningKeys {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

const scheme =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const maxSkewMs = 15 * 60_000;

/**
 * Checks an Authorization header of AWS Signature Version 4 from its definition (Amazon S3 API
 * reference, "Authenticating Requests: Using the Authorization Header").
 */
export function checkSignature(
  req: IncomingMessage,
  body: Buffer,
  keys: SigningKeys,
): SignatureProblem | null {
  const parts = scheme.exec(req.headers.authorization ?? '');
  if (!parts) return req.headers.authorization ? 'AuthorizationHeaderMalformed' : 'AccessDenied';
  const [, accessKeyId = '', day = '', region = '', signed = '', signature = ''] = parts;
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId';
  if (region !== keys.region) return 'AuthorizationHeaderMalformed';
  const sentAt = String(req.headers['x-amz-date'] ?? '');
  if (!sentAt.startsWith(day)) return 'SignatureDoesNotMatch';
  if (Math.abs(Date.now() - basicIso(sentAt)) > maxSkewMs) return 'RequestTimeTooSkewed';
  const payload = String(req.headers['x-amz-content-sha256'] ?? '');
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))
    return 'XAmzContentSHA256Mismatch';

  const names = signed.split(';');
  const mustBeSigned = Object.keys(req.headers).filter(
    (name) => name === 'host' || name.startsWith('x-amz-'),
  );
  if (mustBeSigned.some((name) => !names.includes(name))) return 'SignatureDoesNotMatch';
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    sentAt,
    scope,
    sha256(canonicalRequest(req, names, payload)),
  ].join('\n');
  const key = ['s3', 'aws4_request'].reduce(
    hmac,
    hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region),
  );
  return hmac(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

function canonicalRequest(req: IncomingMessage, names: string[], payload: string): string {
  const url = new URL(req.url ?? '/', 'http://host');
  const query = [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = names.map((name) => {
    const value = String(req.headers[name] ?? '');
    return `${name}:${value.trim().replace(/ +/g, ' ')}\n`;
  });
  const path = url.pathname
    .split('/')
    .map((part) => encode(decodeURIComponent(part)))
    .join('/');
  return [req.method, path, query, headers.join(''), names.join(';'), payload].join('\n');
}

/** Everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** 20261123T101500Z as milliseconds since the epoch. */
function basicIso(text: string): number {
  return Date.parse(
    text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
}
