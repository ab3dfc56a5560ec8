import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of new hashes: 32 MiB and ≈ 80 ms on one core (OWASP password storage: N = 2^15, r = 8, p = 3). */
const parameters = { N: 2 ** 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Stored parameters beyond this are no hash of ours but an attempt to exhaust memory. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

interface ParsedHash {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Hashes a password as `scrypt$N$r$p$salt$hash` (base64url): the string carries its own cost. */
export async function hashPassword(password: string): Promise<string> {
  const { N, r, p } = parameters;
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, KEY_BYTES, parameters);
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Compares in constant time. Without a stored hash (an unknown account, an invited person without a
 * password) it takes as long and answers false, so that time tells nobody who has an account.
 */
export async function verifyPassword(
  password: string,
  stored: string | null | undefined,
): Promise<boolean> {
  const parsed = stored ? parseHash(stored) : undefined;
  const { N, r, p, salt, key } = parsed ?? decoy;
  const derived = await derive(password, salt, key.length, { N, r, p });
  return timingSafeEqual(derived, key) && parsed !== undefined;
}

/** True when the stored hash is cheaper than today's: hash again at the next successful sign-in. */
export function needsRehash(stored: string): boolean {
  const parsed = parseHash(stored);
  return !parsed || parsed.N < parameters.N || parsed.r < parameters.r || parsed.p < parameters.p;
}

const decoy: ParsedHash = {
  ...parameters,
  salt: randomBytes(SALT_BYTES),
  key: randomBytes(KEY_BYTES),
};

function parseHash(stored: string): ParsedHash | undefined {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]{16,})\$([\w-]{22,128})$/.exec(
    stored,
  );
  if (!match) return undefined;
  const [, N, r, p, salt = '', key = ''] = match;
  const parsed = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
  return 128 * parsed.N * parsed.r <= MAX_MEMORY_BYTES && parsed.p <= 16 ? parsed : undefined;
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  cost: ScryptOptions,
): Promise<Buffer> {
  // The same person types "é" in one code point or in two, by keyboard and system.
  const normalised = password.normalize('NFC');
  return new Promise((resolve, reject) => {
    scrypt(normalised, salt, length, { ...cost, maxmem: MAX_MEMORY_BYTES * 2 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
