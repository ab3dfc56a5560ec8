import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, type Clock, type MemberCaller } from '@medcall/service-kit';
import { z } from 'zod';
import type { UrlKey } from './url-keys.ts';

/** DESIGN §7: ten minutes at most; the player renews. */
const lifetimeSeconds = 600;

const signedQuery = z.object({
  kid: z.string().max(32),
  sub: z.string().max(100),
  session: z.string().max(100),
  /** With how many factors the session was opened, and since when: the database asks for both. */
  aal: z.enum(['', 'aal1', 'aal2']),
  since: z.union([z.literal(''), z.coerce.number().nonnegative()]),
  iat: z.coerce.number().int().nonnegative(),
  exp: z.coerce.number().int().nonnegative(),
  sig: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** What `app.current_member()` reads of a token's `aal` and `amr`: the oldest entry alone. */
const assurance = z
  .object({
    aal: z.enum(['aal1', 'aal2']).or(z.literal('')).catch(''),
    amr: z
      .array(z.looseObject({ timestamp: z.number().nonnegative().optional().catch(undefined) }))
      .catch([]),
  })
  .transform(({ aal, amr }) => {
    const times = amr.flatMap(({ timestamp }) => timestamp ?? []);
    return { aal, since: times.length === 0 ? ('' as const) : Math.min(...times) };
  });

type Grant = Omit<z.infer<typeof signedQuery>, 'kid' | 'sig'>;

/**
 * Opens a recording to a player, which cannot send an Authorization header. The signature binds
 * method, recording, person, session, its factors and time; who it names is asked again at every request.
 */
export class SignedAddresses {
  private readonly keys: readonly UrlKey[];
  private readonly clock: Clock;

  /** @param keys the first one signs, all verify */
  constructor(keys: readonly UrlKey[], clock: Clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The query part of an address for one person and session. */
  sign(recordingId: string, caller: MemberCaller): { query: string; expiresAt: Date } {
    const [key] = this.keys;
    if (!key) throw new Error('there is no key to sign with');
    const exp = Math.floor(this.clock.now() / 1000) + lifetimeSeconds;
    const grant: Grant = {
      sub: caller.sub,
      session: caller.sessionId ?? '',
      ...assurance.parse(caller.claims),
      iat: caller.iat,
      exp,
    };
    const query = new URLSearchParams({
      kid: key.kid,
      sub: grant.sub,
      session: grant.session,
      aal: grant.aal,
      since: String(grant.since),
      iat: String(grant.iat),
      exp: String(grant.exp),
      sig: signature(key, recordingId, grant).toString('base64url'),
    });
    return { query: query.toString(), expiresAt: new Date(exp * 1000) };
  }

  /**
   * Whom an address was signed for. Whether that person may still listen is the database's to say.
   * @throws AppError forbidden for a wrong, foreign or expired signature
   */
  open(recordingId: string, query: unknown): MemberCaller {
    const parsed = signedQuery.safeParse(query);
    if (!parsed.success) throw closed();
    const { kid, sig, ...grant } = parsed.data;
    const key = this.keys.find((one) => one.kid === kid);
    const given = Buffer.from(sig, 'base64url');
    if (!key || !timingSafeEqual(given, signature(key, recordingId, grant))) throw closed();
    const leftSeconds = grant.exp - this.clock.now() / 1000;
    if (leftSeconds <= 0 || leftSeconds > lifetimeSeconds) throw closed();
    return {
      kind: 'member',
      sub: grant.sub,
      iat: grant.iat,
      sessionId: grant.session === '' ? null : grant.session,
      claims: {
        ...(grant.aal === '' ? {} : { aal: grant.aal }),
        ...(grant.since === '' ? {} : { amr: [{ timestamp: grant.since }] }),
      },
    };
  }
}

function signature(key: UrlKey, recordingId: string, grant: Grant): Buffer {
  // JSON keeps the parts apart, whatever characters they hold.
  const { aal, exp, iat, session, since, sub } = grant;
  const parts = ['GET', recordingId, key.kid, sub, session, aal, since, iat, exp];
  return createHmac('sha256', key.secret).update(JSON.stringify(parts)).digest();
}

function closed(): AppError {
  return new AppError('forbidden', { message: 'Este endereço da gravação não vale mais.' });
}
