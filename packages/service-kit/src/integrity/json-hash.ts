import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 (hex) of the RFC 8785 form of a JSON value: the same for every order of keys. */
export function hashJson(value: unknown): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new TypeError('only JSON values have a canonical form');
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
