import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getToken, type JWT } from 'next-auth/jwt';
import { serverEnv } from '../env.ts';
import { secondStepPath } from '../protected-paths.ts';
import { sessionCookie } from './session-cookie.ts';

/** Reads next-auth's cookie; never refreshes and never writes. Null when nobody is signed in. */
export async function readCookieSession(): Promise<JWT | null> {
  const env = serverEnv();
  // getToken asks for a request of the pages router but reads its cookies and headers alone.
  const request = { cookies: await cookies(), headers: {} } as unknown as Parameters<
    typeof getToken
  >[0]['req'];
  return getToken({
    req: request,
    secret: env.authSecret,
    cookieName: sessionCookie(env.frontendUrl).name,
  });
}

/** The access token of the cookie while it lives; null otherwise, and then the page asks `/api/auth/session`. */
export async function readAccessToken(nowMs = Date.now()): Promise<string | null> {
  const session = await readCookieSession();
  const tokens = session?.tokens;
  return tokens && tokens.expiresAt * 1000 > nowMs + 5_000 ? tokens.accessToken : null;
}

/** For protected layouts: the second door behind proxy.ts. */
export async function requireSession(from: string): Promise<JWT> {
  const session = await readCookieSession();
  if (!session?.tokens) redirect(`/login?de=${encodeURIComponent(from)}`);
  if (session.tokens.secondStep) redirect(secondStepPath(from));
  return session;
}
