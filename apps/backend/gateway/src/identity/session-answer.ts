import { accessTokenSeconds, signAccessToken } from './access-tokens.ts';
import type { IdentityDeps } from './identity-deps.ts';
import type { OpenedSession } from './sessions.ts';
import { type IdentityUser, userView } from './user-view.ts';

/** A session as Supabase Auth answers with it. */
export interface SessionAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  expires_at: number;
  refresh_token: string;
  user: Record<string, unknown>;
}

export async function sessionAnswer(
  { keys, issuer, clock }: Pick<IdentityDeps, 'keys' | 'issuer' | 'clock'>,
  user: IdentityUser,
  session: OpenedSession,
): Promise<SessionAnswer> {
  const now = clock.now();
  return {
    access_token: await signAccessToken(keys, { issuer, user, session, now }),
    token_type: 'bearer',
    expires_in: accessTokenSeconds,
    expires_at: Math.floor(now / 1000) + accessTokenSeconds,
    refresh_token: session.refreshToken,
    user: userView(user),
  };
}
