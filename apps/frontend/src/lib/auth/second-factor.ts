import { cookieClient, type NoClient } from './cookie-client.ts';
import { personOf, type SignedInPerson } from './identity.ts';
import { type FactorFailure, failureOf, isOutage, raise, type ShownCode } from './raise.ts';

export type ShowCodeAnswer =
  | { kind: 'ok'; person: SignedInPerson }
  | { kind: FactorFailure; retryAfterSeconds: number | null };

/** Raises the session of the cookie with a code. The answer's tokens take the place of the cookie's. */
export async function showCode(shown: ShownCode): Promise<ShowCodeAnswer> {
  const client = await cookieClient();
  if ('refused' in client) return { kind: noClient(client), retryAfterSeconds: null };
  const refused = await raise(client.supabase, shown);
  if (refused) {
    return { kind: failureOf(refused), retryAfterSeconds: client.answer.retryAfterSeconds };
  }
  const { data } = await client.supabase.auth.getSession();
  if (!data.session) return { kind: 'unreachable', retryAfterSeconds: null };
  return { kind: 'ok', person: personOf(data.session) };
}

export interface OwnFactor {
  id: string;
  name: string;
  /** ISO. */
  since: string;
}

export interface OwnFactors {
  factors: OwnFactor[];
  /** Null where the identity has no recovery codes. */
  recovery: { total: number; remaining: number } | null;
}

/** The person's own apps and recovery codes. Null: ask again with a living session. */
export async function ownFactors(): Promise<OwnFactors | null> {
  const client = await cookieClient();
  if ('refused' in client) return null;
  const { mfa } = client.supabase.auth;
  const { data, error } = await mfa.listFactors();
  if (error) return null;
  const factors = data.totp.map(({ created_at, friendly_name, id }) => ({
    id,
    name: friendly_name ?? '',
    since: created_at,
  }));
  const status = await mfa.recoveryCodes.getStatus();
  if (status.data) {
    const { remaining, total } = status.data;
    return { factors, recovery: { remaining, total } };
  }
  const none = status.error.code === 'mfa_factor_not_found';
  return { factors, recovery: none ? { total: 0, remaining: 0 } : null };
}

export type EnrolAnswer =
  | { kind: 'ok'; factorId: string; qrCode: string; secret: string }
  | { kind: FactorFailure };

const issuer = 'MedCall';

/** Begins the enrolment of an app; what was begun before and not finished is forgotten. */
export async function beginEnrolment(): Promise<EnrolAnswer> {
  const client = await cookieClient();
  if ('refused' in client) return { kind: noClient(client) };
  const { mfa } = client.supabase.auth;
  const { data: known, error: unknown } = await mfa.listFactors();
  if (unknown) return { kind: failureOf(unknown) };
  const unfinished = known.all.filter(
    (factor) => factor.factor_type === 'totp' && factor.status === 'unverified',
  );
  for (const { id } of unfinished) await mfa.unenroll({ factorId: id });
  const taken = new Set(known.totp.map(({ friendly_name }) => friendly_name));
  const { data, error } = await mfa.enroll({
    factorType: 'totp',
    issuer,
    friendlyName: freeName(taken),
  });
  if (error) return { kind: failureOf(error) };
  return { kind: 'ok', factorId: data.id, qrCode: data.totp.qr_code, secret: data.totp.secret };
}

/** Names are unique among a person's factors. */
function freeName(taken: ReadonlySet<string | undefined>): string {
  const base = 'Aplicativo autenticador';
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
  return name;
}

/** Makes a set of recovery codes, in place of the one there is. Null where the identity has none. */
export async function makeRecoveryCodes(): Promise<string[] | FactorFailure | null> {
  const client = await cookieClient();
  if ('refused' in client) return noClient(client);
  const { recoveryCodes } = client.supabase.auth.mfa;
  const made = await recoveryCodes.generate();
  if (made.data) return made.data.codes;
  if (made.error.code !== 'mfa_verified_factor_exists') {
    const failure = failureOf(made.error);
    return failure === 'unreachable' && !isOutage(made.error) ? null : failure;
  }
  const again = await recoveryCodes.regenerate();
  return again.data ? again.data.codes : failureOf(again.error);
}

/** Removes an app. Where its recovery codes have to go first, they go. */
export async function removeFactor(factorId: string): Promise<'ok' | FactorFailure> {
  const client = await cookieClient();
  if ('refused' in client) return noClient(client);
  const { mfa } = client.supabase.auth;
  const { error } = await mfa.unenroll({ factorId });
  if (error?.code !== 'mfa_recovery_codes_sole_factor') return error ? failureOf(error) : 'ok';
  const removed = await mfa.recoveryCodes.unenroll();
  if (removed.error) return failureOf(removed.error);
  const again = await mfa.unenroll({ factorId });
  return again.error ? failureOf(again.error) : 'ok';
}

function noClient({ refused }: NoClient): FactorFailure {
  return refused ? failureOf(refused) : 'too_late';
}
