import type { MemberCaller } from '@medcall/service-kit';
import { describe, expect, it } from 'vitest';
import { recordingEnv } from './recording-env.ts';
import { SignedAddresses } from './signed-address.ts';
import { urlKeys } from './url-keys.ts';

const id = 'a3a5a4a1-5dcb-4e0f-8d1d-6a9f5e2f0b11';
const other = 'b3a5a4a1-5dcb-4e0f-8d1d-6a9f5e2f0b22';
const caller: MemberCaller = {
  kind: 'member',
  sub: 'c3a5a4a1-5dcb-4e0f-8d1d-6a9f5e2f0b33',
  iat: 1_790_000_000,
  sessionId: 'd3a5a4a1-5dcb-4e0f-8d1d-6a9f5e2f0b44',
  claims: {
    email: 'never in an address',
    aal: 'aal2',
    amr: [
      { method: 'totp', timestamp: 1_790_000_000 },
      { method: 'password', timestamp: 1_789_999_900 },
    ],
  },
};
const secret = 'a secret of at least thirty-two characters';
const clock = { at: 1_790_000_100_000, now: () => clock.at };

const keysOf = (env: { RECORDING_URL_KEYS?: string; INTERNAL_SERVICE_SECRET?: string }) =>
  urlKeys({
    INTERNAL_SERVICE_SECRET: env.INTERNAL_SERVICE_SECRET ?? secret,
    ...recordingEnv.parse(env),
  });
const addresses = new SignedAddresses(keysOf({}), clock);

const parsed = (query: string) => Object.fromEntries(new URLSearchParams(query));

describe('a signed address', () => {
  it('names person, session and its factors, and nothing else of the token', () => {
    const { expiresAt, query } = addresses.sign(id, caller);
    expect(addresses.open(id, parsed(query))).toEqual({
      ...caller,
      claims: { aal: 'aal2', amr: [{ timestamp: 1_789_999_900 }] },
    });
    expect(expiresAt.getTime() - clock.at).toBeLessThanOrEqual(600_000);
    expect(query).not.toContain('never');
  });

  it('is made of a token that says nothing of factors', () => {
    const { query } = addresses.sign(id, { ...caller, claims: { aal: 7, amr: 'otp' } });
    expect(addresses.open(id, parsed(query)).claims).toEqual({});
  });

  it('opens one recording only', () => {
    const { query } = addresses.sign(id, caller);
    expect(() => addresses.open(other, parsed(query))).toThrow(/não vale mais/);
  });

  it.each([
    ['sub', other],
    ['session', ''],
    ['aal', 'aal1'],
    ['since', ''],
    ['iat', '1790000001'],
    ['exp', '1790000699'],
    ['kid', 'other'],
    ['sig', 'A'.repeat(43)],
    ['sig', 'short'],
  ])('is worth nothing with another %s', (name, value) => {
    const query = { ...parsed(addresses.sign(id, caller).query), [name]: value };
    expect(() => addresses.open(id, query)).toThrow(/não vale mais/);
  });

  it.each(['kid', 'sub', 'session', 'aal', 'since', 'iat', 'exp', 'sig'])(
    'is worth nothing without %s',
    (name) => {
      const { [name]: _, ...rest } = parsed(addresses.sign(id, caller).query);
      expect(() => addresses.open(id, rest)).toThrow(/não vale mais/);
    },
  );

  it('ends after ten minutes', () => {
    const query = parsed(addresses.sign(id, caller).query);
    const later = (ms: number) => new SignedAddresses(keysOf({}), { now: () => clock.at + ms });
    expect(later(599_000).open(id, query).sub).toBe(caller.sub);
    expect(() => later(600_000).open(id, query)).toThrow(/não vale mais/);
    // One from the future was not made by this clock.
    expect(() => later(-2000).open(id, query)).toThrow(/não vale mais/);
  });
});

describe('keys of signed addresses', () => {
  const first = `a:${'x'.repeat(32)}`;
  const second = `b:${'y'.repeat(32)}`;

  it('change without closing the addresses in use', () => {
    const before = new SignedAddresses(keysOf({ RECORDING_URL_KEYS: first }), clock);
    const during = new SignedAddresses(
      keysOf({ RECORDING_URL_KEYS: `${second}, ${first}` }),
      clock,
    );
    const after = new SignedAddresses(keysOf({ RECORDING_URL_KEYS: second }), clock);
    const old = parsed(before.sign(id, caller).query);
    expect(during.open(id, old).sub).toBe(caller.sub);
    expect(() => after.open(id, old)).toThrow();
    expect(after.open(id, parsed(during.sign(id, caller).query)).sub).toBe(caller.sub);
  });

  it('differ by service secret and are not that secret', () => {
    const [one] = keysOf({});
    const [two] = keysOf({ INTERNAL_SERVICE_SECRET: `${secret}!` });
    expect(one?.kid).not.toBe(two?.kid);
    expect(one?.secret.toString()).not.toContain(secret);
  });

  it.each(['short:key', 'nokid', `:${'x'.repeat(40)}`])('refuses %s', (keys) => {
    expect(recordingEnv.safeParse({ RECORDING_URL_KEYS: keys }).success).toBe(false);
  });
});
