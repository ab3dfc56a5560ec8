import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { serverEnv } from '../env.ts';
import { createServerSupabase } from '../supabase-server.ts';
import type { MailedLink } from './mailed-link.ts';

export type RecoverFailure = 'expired' | 'weak' | 'same' | 'limited' | 'unreachable';
export type RecoverAnswer = 'ok' | RecoverFailure;

/** Asks the identity to mail a link. `ok` says nothing of whether there is such an account. */
export async function askForLink(email: string): Promise<RecoverAnswer> {
  const { supabase } = createServerSupabase();
  const redirectTo = `${serverEnv().frontendUrl}/recuperar-senha`;
  const { error } = await supabase.auth.resetPasswordForEmail(email, { redirectTo });
  // The hosted identity tells a known address by its limit for mails: here it is the same answer.
  if (error?.code === 'over_email_send_rate_limit' || error?.code === 'user_not_found') return 'ok';
  return error ? failureOf(error) : 'ok';
}

/**
 * Opens the account by the link, sets the password when one is given, and leaves: the person signs in
 * with it afterwards. No token of the link reaches the page's storage.
 */
export async function openByLink(
  link: MailedLink,
  password: string | null,
): Promise<RecoverAnswer> {
  const { supabase } = createServerSupabase();
  const { error: refused } =
    link.form === 'hash'
      ? await supabase.auth.verifyOtp({ type: link.kind, token_hash: link.tokenHash })
      : await supabase.auth.setSession({
          access_token: link.accessToken,
          refresh_token: link.refreshToken,
        });
  if (refused) return failureOf(refused, 'expired');
  const { error } =
    password === null ? { error: null } : await supabase.auth.updateUser({ password });
  await supabase.auth.signOut({ scope: 'local' });
  return error ? failureOf(error) : 'ok';
}

function failureOf(error: AuthError, otherwise: RecoverFailure = 'unreachable'): RecoverFailure {
  if (error.status === 429) return 'limited';
  if (isAuthRetryableFetchError(error) || (error.status ?? 400) >= 500) return 'unreachable';
  if (error.code === 'weak_password') return 'weak';
  if (error.code === 'same_password') return 'same';
  if (error.code === 'otp_expired') return 'expired';
  return otherwise;
}
