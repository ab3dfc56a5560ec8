import type { CookieOption, CookiesOptions } from 'next-auth';

export interface SessionCookie {
  name: string;
  /** For next-auth; empty over plain HTTP (a laptop), where its own names and attributes do. */
  cookies: Partial<CookiesOptions>;
}

/**
 * The cookie of the session. Over HTTPS it and the one that remembers the way back bear `__Host-`: the browser then
 * takes them from this host alone, not from a neighbour under the same domain (next-auth's own is `__Secure-`).
 * Its CSRF cookie bears it already.
 */
export function sessionCookie(frontendUrl: string): SessionCookie {
  if (!frontendUrl.startsWith('https://')) {
    return { name: 'next-auth.session-token', cookies: {} };
  }
  const sessionToken = hostCookie('session-token');
  return {
    name: sessionToken.name,
    cookies: { sessionToken, callbackUrl: hostCookie('callback-url') },
  };
}

function hostCookie(name: string): CookieOption {
  return {
    name: `__Host-next-auth.${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
  };
}
