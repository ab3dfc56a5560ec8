import { type Session, type SignIn, signIn } from '../client/api.ts';

/**
 * A doctor's access token that is always fresh: signs in again before the old one runs out.
 * Signing in twice is simpler than rotating refresh tokens, and a demonstration has the password.
 */
export async function doctorSession(options: SignIn): Promise<() => Promise<string>> {
  let session: Session = await signIn(options);
  let renewAtMs = renewalTime(session);
  return async () => {
    if (Date.now() > renewAtMs) {
      session = await signIn(options);
      renewAtMs = renewalTime(session);
    }
    return session.access_token;
  };
}

function renewalTime(session: Session): number {
  return Date.now() + session.expires_in * 500;
}
