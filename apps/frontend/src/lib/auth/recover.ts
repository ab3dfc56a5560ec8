import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { serverEnv } from '../env.ts';
import { createServerSupabase } from '../supabase-server.ts';

export type RecoverFailure = 'expired' | 'weak' | 'same' | 'limited' | 'unreachable' | 'wrong_code';
/** `second_step`: the account has a second factor, whose code is asked for before the password changes. */
export type RecoverAnswer = 'ok' | 'second_step' | RecoverFailure;

/** Asks the identity to mail a link. `ok` says nothing of whether there is such an account. */
export async function askForLink(email: string): Promise<RecoverAnswer> {
  const { supabase } = createServerSupabase();
  const redirectTo = `${serverEnv().frontendUrl}/recuperar-senha`;
  const { error } = await supabase.auth.resetPasswordForEmail(email, { redirectTo });
  // The hosted identity tells a known address by its limit for mails: here it is the same answer.
  if (error?.code === 'over_email_send_rate_limit' || error?.code === 'user_not_found') return 'ok';
  return error ? failureOf(error) : 'ok';
}

/** Why the identity refused, in the words of the screen. */
export function failureOf(
  error: AuthError,
  otherwise: RecoverFailure = 'unreachable',
): RecoverFailure {
  if (error.status === 429) return 'limited';
  if (isAuthRetryableFetchError(error) || (error.status ?? 400) >= 500) return 'unreachable';
  if (error.code === 'weak_password') return 'weak';
  if (error.code === 'same_password') return 'same';
  if (error.code === 'otp_expired' || error.code === 'reauthentication_needed') return 'expired';
  return otherwise;
}
