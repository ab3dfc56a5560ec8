import type { AuthError, SupabaseClient } from '@supabase/supabase-js';
import type { JWT } from 'next-auth/jwt';
import { type AuthAnswer, createServerSupabase } from '../supabase-server.ts';
import { readCookieSession } from './cookie-session.ts';
import { type AuthTokens, leastLifeMs } from './session-types.ts';

export interface CookieClient {
  supabase: SupabaseClient;
  answer: AuthAnswer;
  session: JWT & { tokens: AuthTokens };
}

/** `refused` null: nobody is signed in, or the access token has run out. */
export interface NoClient {
  refused: AuthError | null;
}

/**
 * A client of the identity with the session of the cookie. A token that is about to run out is refused rather than
 * spent: it is renewed in one route alone, and the page asks there before it comes here.
 */
export async function cookieClient(): Promise<CookieClient | NoClient> {
  const session = await readCookieSession();
  if (!session?.tokens || session.tokens.expiresAt * 1000 - Date.now() < leastLifeMs) {
    return { refused: null };
  }
  const { accessToken, refreshToken } = session.tokens;
  const { answer, supabase } = createServerSupabase();
  const { error } = await supabase.auth.setSession({
    access_token: accessToken,
    refresh_token: refreshToken,
  });
  if (error) return { refused: error };
  return { supabase, answer, session: { ...session, tokens: session.tokens } };
}
