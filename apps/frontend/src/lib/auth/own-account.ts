import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { createServerSupabase } from '../supabase-server.ts';
import { cookieClient } from './cookie-client.ts';
import { readCookieSession } from './cookie-session.ts';
import { signInWithPassword } from './identity.ts';

export type PasswordFailure = 'wrong' | 'weak' | 'same' | 'limited' | 'expired' | 'unreachable';
export type PasswordAnswer = 'ok' | PasswordFailure;

/**
 * Changes the signed-in person's password after asking for the present one: an unlocked screen alone
 * takes no account over. The session of the cookie does it and goes on; the identity ends the others.
 */
export async function changePassword(input: {
  current: string;
  next: string;
}): Promise<PasswordAnswer> {
  const session = await readCookieSession();
  if (!session?.tokens || !session.email) return 'expired';
  const proof = await signInWithPassword(session.email, input.current);
  if (proof.kind !== 'ok') return proof.kind;
  const client = await cookieClient();
  if ('refused' in client) return client.refused ? failureOf(client.refused, 'expired') : 'expired';
  const { supabase } = client;
  const { error } = await supabase.auth.updateUser({
    password: input.next,
    current_password: input.current,
  });
  if (error) {
    // The session that proved the password is nobody's: without a new password it would stay open.
    await supabase.auth.admin.signOut(proof.person.tokens.accessToken, 'local');
    return failureOf(error, 'unreachable');
  }
  return 'ok';
}

/** Ends every session of the person but the cookie's, at whichever identity there is. */
export async function endOtherSessions(): Promise<boolean> {
  const session = await readCookieSession();
  if (!session?.tokens) return false;
  const { supabase } = createServerSupabase();
  const { error } = await supabase.auth.admin.signOut(session.tokens.accessToken, 'others');
  if (error) console.warn('[auth] other sessions were not ended:', error.code ?? error.name);
  return error === null;
}

const signInAgain = new Set(['reauthentication_needed', 'session_not_found', 'insufficient_aal']);

function failureOf(error: AuthError, otherwise: PasswordFailure): PasswordFailure {
  if (error.status === 429) return 'limited';
  if (isAuthRetryableFetchError(error) || (error.status ?? 400) >= 500) return 'unreachable';
  if (error.code === 'weak_password') return 'weak';
  if (error.code === 'same_password') return 'same';
  if (error.code === 'invalid_credentials') return 'wrong';
  return error.code !== undefined && signInAgain.has(error.code) ? 'expired' : otherwise;
}
