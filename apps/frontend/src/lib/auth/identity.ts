import { isAuthRetryableFetchError, type Session } from '@supabase/supabase-js';
import { createServerSupabase } from '../supabase-server.ts';
import { assuranceOf } from './assurance.ts';
import type { RefreshAnswer } from './session-refresher.ts';
import type { AuthTokens } from './session-types.ts';

export interface SignedInPerson {
  id: string;
  name: string;
  email: string | null;
  role: string | null;
  tokens: AuthTokens;
}

export type SignInAnswer =
  | { kind: 'ok'; person: SignedInPerson }
  | { kind: 'wrong' }
  | { kind: 'limited'; retryAfterSeconds: number | null }
  | { kind: 'unreachable' };

/** Signs in with e-mail and password at Supabase Auth, embedded or hosted. */
export async function signInWithPassword(email: string, password: string): Promise<SignInAnswer> {
  const { supabase, answer } = createServerSupabase();
  const { data, error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) {
    if (error.status === 429) {
      return { kind: 'limited', retryAfterSeconds: answer.retryAfterSeconds };
    }
    if (isAuthRetryableFetchError(error) || (error.status ?? 500) >= 500) {
      return { kind: 'unreachable' };
    }
    return { kind: 'wrong' };
  }
  return { kind: 'ok', person: personOf(data.session) };
}

/** Who is signed in, as next-auth keeps it in the cookie. */
export function personOf(session: Session): SignedInPerson {
  const { user } = session;
  const { app_metadata: app, user_metadata: own } = user;
  return {
    id: user.id,
    email: user.email ?? null,
    name: textOr(own.name ?? own.full_name, user.email ?? ''),
    role: textOr(app.medcall_role, '') || null,
    tokens: tokensOf(session),
  };
}

/** Spends a refresh token. Call it through the SessionRefresher only. */
export async function refreshTokens(refreshToken: string): Promise<RefreshAnswer> {
  const { supabase } = createServerSupabase();
  const { data, error } = await supabase.auth.refreshSession({ refresh_token: refreshToken });
  if (error) {
    const ours = isAuthRetryableFetchError(error) || error.status === 429;
    return ours || (error.status ?? 500) >= 500 ? { kind: 'unreachable' } : { kind: 'refused' };
  }
  return data.session ? { kind: 'ok', tokens: tokensOf(data.session) } : { kind: 'refused' };
}

/** Ends this session at the identity. An error leaves it to run out: the cookie is gone either way. */
export async function endSession(accessToken: string): Promise<void> {
  const { supabase } = createServerSupabase();
  const { error } = await supabase.auth.admin.signOut(accessToken, 'local');
  if (error)
    console.warn('[auth] the identity did not confirm a sign-out:', error.code ?? error.name);
}

function tokensOf(session: Session): AuthTokens {
  const hasFactor = session.user.factors?.some(({ status }) => status === 'verified') ?? false;
  return {
    ...(hasFactor && assuranceOf(session.access_token) !== 'aal2' ? { secondStep: true } : {}),
    accessToken: session.access_token,
    refreshToken: session.refresh_token,
    expiresAt: session.expires_at ?? Math.floor(Date.now() / 1000) + session.expires_in,
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
