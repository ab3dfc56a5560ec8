import type { SigningKeys } from '../keys/signing-keys.ts';
import type { OpenedSession } from './sessions.ts';
import { appMetadata, type IdentityUser, userMetadata } from './user-view.ts';

export const accessTokenSeconds = 15 * 60;

/** Signs the access token of a session, with the claims that Supabase Auth gives. */
export function signAccessToken(
  keys: SigningKeys,
  options: {
    issuer: string;
    user: IdentityUser;
    session: Omit<OpenedSession, 'refreshToken'>;
    now: number;
  },
): Promise<string> {
  const { now, session, user } = options;
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
    aal: session.factor === null ? 'aal1' : 'aal2',
    amr: methodsOf(session),
    session_id: session.sessionId,
    is_anonymous: false,
  });
}

/** The last method first, as Supabase Auth lists them. */
function methodsOf({ authenticatedAt, factor, method }: Omit<OpenedSession, 'refreshToken'>) {
  const first = { method, at: authenticatedAt };
  const used = factor ? [factor, first] : [first];
  return used.map(({ at, method: name }) => ({
    method: name,
    timestamp: Math.floor(at.getTime() / 1000),
  }));
}
