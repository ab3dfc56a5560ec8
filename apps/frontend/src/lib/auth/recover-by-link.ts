import type { SupabaseClient } from '@supabase/supabase-js';
import { createServerSupabase } from '../supabase-server.ts';
import type { MailedLink } from './mailed-link.ts';
import { failureOf as codeFailure, raise } from './raise.ts';
import { failureOf, type RecoverAnswer } from './recover.ts';

/** The session of a link that waits for a second factor. */
export interface PendingRecovery {
  accessToken: string;
  refreshToken: string;
}

/** Where it waits: a cookie of the page's own (`pending-recovery.ts`). */
export interface RecoveryStore {
  keep(recovery: PendingRecovery): Promise<void>;
  /** Null when there is none, or it is too old. */
  read(): Promise<PendingRecovery | null>;
  forget(): Promise<void>;
}

/**
 * Opens the account by the link, sets the password when one is given, and leaves: the person signs in
 * with it afterwards. No token of the link reaches the page's storage.
 */
export async function openByLink(
  link: MailedLink,
  password: string | null,
  pending: RecoveryStore,
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
  if (password === null) {
    await supabase.auth.signOut({ scope: 'local' });
    return 'ok';
  }
  const { data: assurance } = await supabase.auth.mfa.getAuthenticatorAssuranceLevel();
  const { data: opened } = await supabase.auth.getSession();
  if (opened.session && assurance && assurance.nextLevel !== assurance.currentLevel) {
    // The link is spent: its session waits for the code, and the link alone changes nothing.
    const { access_token: accessToken, refresh_token: refreshToken } = opened.session;
    await pending.keep({ accessToken, refreshToken });
    return 'second_step';
  }
  return setPassword(supabase, password);
}

/** The second step: a code of the app or a recovery code, then the password. A wrong code may be tried again. */
export async function finishRecovery(
  password: string,
  shown: { code: string; kind: 'app' | 'recovery' } | null,
  pending: RecoveryStore,
): Promise<RecoverAnswer> {
  const kept = await pending.read();
  if (!kept) return 'expired';
  const { supabase } = createServerSupabase();
  const { error: gone } = await supabase.auth.setSession({
    access_token: kept.accessToken,
    refresh_token: kept.refreshToken,
  });
  if (gone) return failureOf(gone, 'expired');
  const { data: assurance } = await supabase.auth.mfa.getAuthenticatorAssuranceLevel();
  if (assurance?.currentLevel !== 'aal2') {
    if (shown === null) return 'wrong_code';
    const refused = await raise(supabase, shown);
    if (refused) {
      const failure = codeFailure(refused);
      return failure === 'too_late' ? 'expired' : failure;
    }
    // A password that is refused afterwards is chosen again with this session: the code is spent.
    const { data } = await supabase.auth.getSession();
    if (data.session) {
      const { access_token: accessToken, refresh_token: refreshToken } = data.session;
      await pending.keep({ accessToken, refreshToken });
    }
  }
  const answer = await setPassword(supabase, password);
  if (answer === 'ok') await pending.forget();
  return answer;
}

async function setPassword(supabase: SupabaseClient, password: string): Promise<RecoverAnswer> {
  const { error } = await supabase.auth.updateUser({ password });
  const { data } = await supabase.auth.mfa.getAuthenticatorAssuranceLevel();
  // A raised session stays for another try with a better password.
  if (!error || data?.currentLevel !== 'aal2') await supabase.auth.signOut({ scope: 'local' });
  return error ? failureOf(error) : 'ok';
}
