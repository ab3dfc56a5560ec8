import type { SigningKeys } from '../keys/signing-keys.ts';
import { appMetadata, type IdentityUser, userMetadata } from './user-view.ts';

export const accessTokenSeconds = 15 * 60;

/** Signs the access token of a session, with the claims that Supabase Auth gives. */
export function signAccessToken(
  keys: SigningKeys,
  options: {
    issuer: string;
    user: IdentityUser;
    sessionId: string;
    authenticatedAt: Date;
    now: number;
  },
): Promise<string> {
  const { user, now } = options;
  const issuedAt = Math.floor(now / 1000);
  return keys.sign({
    iss: options.issuer,
    sub: user.id,
    aud: 'authenticated',
    exp: issuedAt + accessTokenSeconds,
    iat: issuedAt,
    email: user.email,
    phone: '',
    app_metadata: appMetadata(user),
    user_metadata: userMetadata(user),
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: Math.floor(options.authenticatedAt.getTime() / 1000) }],
    session_id: options.sessionId,
    is_anonymous: false,
  });
}
